import type { Grant, Identity, Resource } from "@rollcall/nhi-model";
import type { GraphInput } from "../types.ts";
import { aGrant, anIdentity, anInput, aResource } from "./inventory-builders.ts";

/** The parts of an `iam get-account-authorization-details` export that decide permissions. */
export interface AuthorizationDetails {
  readonly UserDetailList: readonly {
    readonly Arn: string;
    readonly GroupList?: readonly string[] | null;
    readonly UserPolicyList?: readonly InlinePolicy[] | null;
    readonly AttachedManagedPolicies?: readonly AttachedPolicy[] | null;
    readonly PermissionsBoundary?: Boundary;
  }[];
  readonly GroupDetailList: readonly {
    readonly Arn: string;
    readonly GroupName: string;
    readonly GroupPolicyList?: readonly InlinePolicy[] | null;
    readonly AttachedManagedPolicies?: readonly AttachedPolicy[] | null;
  }[];
  readonly RoleDetailList: readonly {
    readonly Arn: string;
    readonly AssumeRolePolicyDocument: unknown;
    readonly RolePolicyList?: readonly InlinePolicy[] | null;
    readonly AttachedManagedPolicies?: readonly AttachedPolicy[] | null;
    readonly PermissionsBoundary?: Boundary;
  }[];
  readonly Policies: readonly {
    readonly Arn: string;
    readonly PolicyVersionList: readonly { readonly Document: unknown; readonly IsDefaultVersion: boolean }[];
  }[];
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}
interface AttachedPolicy {
  readonly PolicyArn: string;
}
interface Boundary {
  readonly PermissionsBoundaryArn: string;
}

interface Collected {
  readonly identities: Identity[];
  readonly resources: Map<string, Resource>;
  readonly grants: Grant[];
  readonly policies: ReadonlyMap<string, unknown>;
}

/** The inventory of an account as the AWS conventions of this library state it, for tests. `documents` adds managed policies by ARN. */
export function awsInventory(details: AuthorizationDetails, documents: Readonly<Record<string, unknown>> = {}): GraphInput {
  const policies = new Map(Object.entries(documents));
  for (const policy of details.Policies)
    policies.set(policy.Arn, policy.PolicyVersionList.find((version) => version.IsDefaultVersion)?.Document);
  const collected: Collected = { identities: [], resources: new Map(), grants: [], policies };
  for (const group of details.GroupDetailList) {
    collected.resources.set(group.Arn, aResource(group.Arn, { kind: "group", provider: "aws", account: account(group.Arn) }));
    attach(collected, group.Arn, group);
  }
  const groupArn = (name: string): string => details.GroupDetailList.find((group) => group.GroupName === name)?.Arn ?? name;
  for (const user of details.UserDetailList) {
    collected.identities.push(anIdentity(user.Arn, { provider: "aws", account: account(user.Arn) }));
    attach(collected, user.Arn, { ...user, inline: user.UserPolicyList });
    for (const group of user.GroupList ?? []) collected.grants.push(awsGrant("membership", user.Arn, groupArn(group)));
  }
  for (const role of details.RoleDetailList) {
    collected.identities.push(anIdentity(role.Arn, { kind: "role", provider: "aws", account: account(role.Arn) }));
    attach(collected, role.Arn, { ...role, inline: role.RolePolicyList });
    collected.grants.push(awsGrant("trust", role.Arn, role.Arn, { document: role.AssumeRolePolicyDocument }));
  }
  return anInput({ identities: collected.identities, resources: [...collected.resources.values()], grants: collected.grants });
}

interface Attachments {
  readonly inline?: readonly InlinePolicy[] | null;
  readonly GroupPolicyList?: readonly InlinePolicy[] | null;
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[] | null;
  readonly PermissionsBoundary?: Boundary;
}

function attach({ resources, grants, policies }: Collected, arn: string, attachments: Attachments): void {
  const policy = (ref: string, document: unknown): void => {
    resources.set(
      ref,
      aResource(ref, { kind: "policy", provider: "aws", attributes: document === undefined ? { documentMissing: true } : { document } }),
    );
  };
  for (const inline of attachments.inline ?? attachments.GroupPolicyList ?? []) {
    policy(`${arn}#inline/${inline.PolicyName}`, inline.PolicyDocument);
    grants.push(awsGrant("attached_policy", arn, `${arn}#inline/${inline.PolicyName}`));
  }
  for (const { PolicyArn } of attachments.AttachedManagedPolicies ?? []) {
    policy(PolicyArn, policies.get(PolicyArn));
    grants.push(awsGrant("attached_policy", arn, PolicyArn));
  }
  const boundary = attachments.PermissionsBoundary?.PermissionsBoundaryArn;
  if (boundary === undefined) return;
  policy(boundary, policies.get(boundary));
  grants.push(awsGrant("boundary", arn, boundary));
}

export const awsGrant = (grantKind: string, from: string, to: string, attributes: Readonly<Record<string, unknown>> = {}): Grant =>
  aGrant(grantKind, from, to, { dialect: "aws_iam", attributes });

const account = (arn: string): string => arn.split(":")[4]!;
