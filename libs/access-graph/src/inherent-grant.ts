import type { Grant } from "@rollcall/nhi-model";

const rootUser = /^arn:[^:]*:iam::(\d{12}):root$/;

/** The root user of an account: it lives and ends with the account. */
export const isAccountRoot = (ref: string): boolean => rootUser.test(ref);

/** A role of a service of AWS: its trust and its policies are the service's, and IAM refuses to change them for anybody else. */
export const isServiceLinkedRole = (ref: string): boolean => ref.includes(":role/aws-service-role/");

/** What nobody gave and nobody can take away: it is there as long as the thing itself. */
export const isInherent = ({ grantKind, from }: Pick<Grant, "grantKind" | "from">): boolean =>
  grantKind === "OWNS" ? isAccountRoot(from) : ["attached_policy", "trust"].includes(grantKind) && isServiceLinkedRole(from);
