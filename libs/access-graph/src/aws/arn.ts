export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon: `role/path/name`, `function:name`, `bucket/key`. */
  readonly resource: string;
}

/** Parses an ARN or an ARN pattern; null when it has fewer than six parts. */
export function parseArn(text: string): Arn | null {
  const ends = colonsOf(text);
  if (ends === null) return null;
  const [, partition, service, region, account] = ends;
  return {
    partition: text.slice(4, partition),
    service: text.slice(partition + 1, service),
    region: text.slice(service + 1, region),
    account: text.slice(region + 1, account),
    resource: text.slice(account + 1),
  };
}

/** Where the first five parts of an ARN end. ARNs are read by the hundred thousand: no array of parts for each. */
export function colonsOf(text: string): readonly [number, number, number, number, number] | null {
  if (!text.startsWith("arn:")) return null;
  const partition = text.indexOf(":", 4);
  const service = partition === -1 ? -1 : text.indexOf(":", partition + 1);
  const region = service === -1 ? -1 : text.indexOf(":", service + 1);
  const account = region === -1 ? -1 : text.indexOf(":", region + 1);
  return account === -1 ? null : [3, partition, service, region, account];
}

export const accountOfArn = (text: string): string | null => {
  const ends = colonsOf(text);
  if (ends === null || ends[4] - ends[3] !== 13) return null;
  const account = text.slice(ends[3] + 1, ends[4]);
  return /^\d{12}$/.test(account) ? account : null;
};

/** `user`, `role`, `group`, `policy`... of an IAM ARN. */
export const iamTypeOf = ({ service, resource }: Arn): string | null =>
  service === "iam" ? resource.slice(0, resource.indexOf("/")) : null;
