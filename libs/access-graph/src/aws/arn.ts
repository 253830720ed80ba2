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
  const parts = text.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return null;
  return { partition: parts[1]!, service: parts[2]!, region: parts[3]!, account: parts[4]!, resource: parts.slice(5).join(":") };
}

export const accountOfArn = (text: string): string | null => {
  const account = parseArn(text)?.account ?? "";
  return /^\d{12}$/.test(account) ? account : null;
};

/** `user`, `role`, `group`, `policy`... of an IAM ARN. */
export const iamTypeOfArn = (text: string): string | null => {
  const arn = parseArn(text);
  return arn?.service === "iam" ? arn.resource.slice(0, arn.resource.indexOf("/")) : null;
};
