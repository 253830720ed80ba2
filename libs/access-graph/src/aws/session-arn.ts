/** A session that a policy names: `arn:aws:sts::111122223333:assumed-role/ROLE/NAME`. */
export interface NamedSession {
  readonly partition: string;
  readonly account: string;
  /** Without its path, which session ARNs leave out. */
  readonly role: string;
  readonly name: string;
}

export function sessionOf(arn: string): NamedSession | null {
  const [, partition, account, role, name] = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  return name === undefined ? null : { partition: partition!, account: account!, role: role!, name };
}

/** The same for a role and for the sessions named of it: names of roles are unique within an account whatever their path. */
export const roleKey = (account: string, role: string): string => `${account}/${role}`;

/** Of the ARN of a role or of one of its sessions; null for anything else. */
export function roleKeyOf(arn: string): string | null {
  const session = sessionOf(arn);
  if (session !== null) return roleKey(session.account, session.role);
  const [, account, role] = /^arn:[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return role === undefined ? null : roleKey(account!, role);
}
