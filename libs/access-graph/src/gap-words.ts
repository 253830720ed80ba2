import type { Grant } from "@rollcall/nhi-model";
import { parseArn } from "./aws/arn.ts";
import { edgePhrase, isEdgeKind } from "./edge-kinds.ts";
import { parseRbacRef } from "./kubernetes/rbac-ref.ts";

const phrases: Readonly<Record<string, string>> = {
  account_signs_in: "may sign in to",
  attached_policy: "has the policy",
  boundary: "is limited by",
  group_member: "is a member of",
  instance_profile: "runs as",
  membership: "is a member of",
  mounts_secret: "can read the secret",
  node_identity: "is the role of nodes of",
  pod_identity: "is associated with",
  rcp: "is under the organisation's policy",
  resource_policy: "has a policy for",
  role_binding: "is bound to",
  runs_as: "runs as",
  scp: "is under the organisation's policy",
  signs_in_as: "may sign in to",
  trust: "states whom it trusts for",
};

const grantPhrase = (kind: string): string => phrases[kind] ?? (isEdgeKind(kind) ? edgePhrase(kind) : `has "${kind}" to`);

/** How somebody would say which thing a ref means, when no more is known of it: `role deploy of account 111122223333`. */
export function refWords(ref: string): string {
  const [holder, inline] = ref.split("#inline/") as [string, string?];
  const words = arnWords(holder) ?? rbacWords(holder) ?? (holder.startsWith("aws:account:") ? `AWS account ${holder.slice(12)}` : holder);
  return inline === undefined ? words : `the inline policy ${inline} of ${words}`;
}

function arnWords(ref: string): string | null {
  const arn = parseArn(ref);
  if (arn === null) return null;
  if (arn.account === "aws") return `the AWS policy ${lastPart(arn.resource)}`;
  const kind = /^([a-z-]+)[/:]/.exec(arn.resource)?.[1] ?? arn.service;
  const of = arn.account === "" ? "" : ` of account ${arn.account}`;
  return `${kind} ${lastPart(arn.resource)}${of}`;
}

function rbacWords(ref: string): string | null {
  const at = parseRbacRef(ref);
  if (at === null) return null;
  return `${at.kind} ${at.name}${at.namespace === null ? "" : ` in ${at.namespace}`} of cluster ${at.cluster}`;
}

const lastPart = (resource: string): string => resource.slice(Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1);

/** A grant with an end that no source reported. The gap itself names who has the grant. */
export const missingEnd = ({ grantKind, from, to }: Pick<Grant, "grantKind" | "from" | "to">, missing: string): string =>
  missing === from
    ? `a source says that it ${grantPhrase(grantKind)} ${refWords(to)}, but it is itself not in the inventory`
    : `it ${grantPhrase(grantKind)} ${refWords(to)}, which is not in the inventory: what that gives is not counted`;

export const unknownKind = ({ grantKind, to }: Pick<Grant, "grantKind" | "to">): string =>
  `a source says that it ${grantPhrase(grantKind)} ${refWords(to)}, a kind of grant that the graph does not know`;
