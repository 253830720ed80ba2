export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Twelve digits, or null: AWS-owned policies say `aws`, buckets say nothing. */
  readonly account: string | null;
  readonly resource: string;
}

export function parseArn(text: string): Arn | null {
  const [prefix, partition, service, region, account, ...rest] = text.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined || rest.length === 0) return null;
  return { partition, service, region, account: /^\d{12}$/.test(account) ? account : null, resource: rest.join(":") };
}

export const accountOfArn = (text: string): string | null => parseArn(text)?.account ?? null;

/** `aws:account:123456789012`, the reference of an account in every dialect. */
export const accountRef = (account: string): string => `aws:account:${account}`;

/** The account named most often; ties go to the smaller number so that the answer does not depend on order. */
export function mostNamedAccount(arns: Iterable<string>): string | null {
  const counts = new Map<string, number>();
  for (const arn of arns) {
    const account = accountOfArn(arn);
    if (account !== null) counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? null;
}
