import { choicesOf } from "./attachable-policies.ts";
import type { AttachablePolicies } from "./attachable-policies.ts";
import type { ActionRequest } from "./target-class.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";

/** What a principal must be able to change about itself, its groups or its policies to become administrator. */
export interface SelfTechnique {
  readonly id: string;
  readonly action: string;
  readonly on: "self" | "ownGroup" | "ownPolicy" | "anyGroup";
  readonly principal: "user" | "role" | "any";
}

export const selfTechniques: readonly SelfTechnique[] = [
  { id: "iam-001", action: "iam:CreatePolicyVersion", on: "ownPolicy", principal: "any" },
  { id: "iam-005", action: "iam:PutRolePolicy", on: "self", principal: "role" },
  { id: "iam-007", action: "iam:PutUserPolicy", on: "self", principal: "user" },
  { id: "iam-008", action: "iam:AttachUserPolicy", on: "self", principal: "user" },
  { id: "iam-009", action: "iam:AttachRolePolicy", on: "self", principal: "role" },
  { id: "iam-010", action: "iam:AttachGroupPolicy", on: "ownGroup", principal: "user" },
  { id: "iam-011", action: "iam:PutGroupPolicy", on: "ownGroup", principal: "user" },
  { id: "iam-013", action: "iam:AddUserToGroup", on: "anyGroup", principal: "user" },
];

/** Make another principal administrator, then become it. All actions on the same target, except those on its policy. */
export interface ProxyTechnique {
  readonly id: string;
  readonly target: "usersWithKeyRoom" | "roles";
  readonly onTarget: readonly string[];
  /** The target must already let the caller in. */
  readonly mustBeAssumable: boolean;
  /** Needed on a customer-managed policy attached to the target. */
  readonly onItsPolicy: string | null;
}

export const proxyTechniques: readonly ProxyTechnique[] = [
  { id: "iam-014", target: "roles", onTarget: ["iam:AttachRolePolicy"], mustBeAssumable: true, onItsPolicy: null },
  {
    id: "iam-015",
    target: "usersWithKeyRoom",
    onTarget: ["iam:AttachUserPolicy", "iam:CreateAccessKey"],
    mustBeAssumable: false,
    onItsPolicy: null,
  },
  { id: "iam-016", target: "roles", onTarget: [], mustBeAssumable: true, onItsPolicy: "iam:CreatePolicyVersion" },
  { id: "iam-017", target: "roles", onTarget: ["iam:PutRolePolicy"], mustBeAssumable: true, onItsPolicy: null },
  {
    id: "iam-018",
    target: "usersWithKeyRoom",
    onTarget: ["iam:PutUserPolicy", "iam:CreateAccessKey"],
    mustBeAssumable: false,
    onItsPolicy: null,
  },
  {
    id: "iam-019",
    target: "roles",
    onTarget: ["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"],
    mustBeAssumable: false,
    onItsPolicy: null,
  },
  {
    id: "iam-020",
    target: "roles",
    onTarget: ["iam:UpdateAssumeRolePolicy"],
    mustBeAssumable: false,
    onItsPolicy: "iam:CreatePolicyVersion",
  },
  {
    id: "iam-021",
    target: "roles",
    onTarget: ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
    mustBeAssumable: false,
    onItsPolicy: null,
  },
  // What iam-016 is for roles, for users; the catalogue has no id for it.
  {
    id: "rollcall-iam-001",
    target: "usersWithKeyRoom",
    onTarget: ["iam:CreateAccessKey"],
    mustBeAssumable: false,
    onItsPolicy: "iam:CreatePolicyVersion",
  },
];

/** Make a new principal or group, make an administrator of it, and use it. All on the new name. The catalogue has no ids for these: they are ours. */
export interface NewPrincipalTechnique {
  readonly id: string;
  /** Only users join a group. */
  readonly type: "role" | "user" | "group";
  readonly create: string;
  /** One of them. */
  readonly grant: readonly string[];
  /** One of them; empty = a trust policy lets the caller in. */
  readonly use: readonly string[];
}

export const newPrincipalTechniques: readonly NewPrincipalTechnique[] = [
  { id: "new-role", type: "role", create: "iam:CreateRole", grant: ["iam:AttachRolePolicy", "iam:PutRolePolicy"], use: [] },
  {
    id: "new-user",
    type: "user",
    create: "iam:CreateUser",
    grant: ["iam:AttachUserPolicy", "iam:PutUserPolicy"],
    use: ["iam:CreateAccessKey", "iam:CreateLoginProfile"],
  },
  {
    id: "new-group",
    type: "group",
    create: "iam:CreateGroup",
    grant: ["iam:AttachGroupPolicy", "iam:PutGroupPolicy"],
    use: ["iam:AddUserToGroup"],
  },
];

/** Another version of a policy put in force; ours, since the catalogue has no id for it. */
export const versionTechnique = "set-policy-version";

/** Taking off its own boundary, or a policy that forbids it something; ours too. */
export const freeingTechnique = "lift-limits";

/** Other metadata for an identity provider that roles trust, so that its assertions are the caller's own; ours too. */
export const providerTechnique = "update-saml-provider";

/** The request that a technique would make; where it attaches a policy, any that makes an administrator will do. */
export const techniqueRequest = (
  action: string,
  principal: { readonly arn: string; readonly account: string },
  policies: AttachablePolicies,
): ActionRequest => (/^iam:attach\w+policy$/i.test(action) ? { action, choices: choicesOf(principal, policies) } : { action });

/** Ids of the techniques that the AWS builder turns into edges, sorted. */
export const modelledTechniques: readonly string[] = [
  ...new Set(
    [
      ...takeOverTechniques,
      ...selfTechniques,
      ...proxyTechniques,
      ...newPrincipalTechniques,
      { id: "sts-001" },
      { id: versionTechnique },
      { id: freeingTechnique },
      { id: providerTechnique },
    ].map(({ id }) => id),
  ),
].sort();
