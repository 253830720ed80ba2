import { buildGraph } from "../build-graph.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { awsGrant, awsInventory } from "./aws-account.ts";
import { aCredential, aResource } from "./inventory-builders.ts";

export const escalationAccount = "111122223333";
export const iamArn = (rest: string): string => `arn:aws:iam::${escalationAccount}:${rest}`;
const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }];
export type Statement = Readonly<Record<string, unknown>>;
export const allow = (Action: readonly string[], Resource: string | readonly string[] = "*"): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});
export const deny = (action: string): Statement => ({ Effect: "Deny", Action: action, Resource: "*" });
export const trustIn = (Principal: unknown, Action = "sts:AssumeRole"): unknown => ({
  Statement: [{ Effect: "Allow", Principal, Action }],
});

export interface EscalationWorld {
  readonly statements: readonly Statement[];
  readonly as?: "user" | "role";
  /** The service that the target role trusts. */
  readonly service?: string;
  readonly targetTrust?: unknown;
  readonly boundary?: readonly Statement[];
  /** Levels of service control policies, the root's first, one document each. */
  readonly scps?: readonly (readonly Statement[])[];
  /** Status of the caller's one access key. */
  readonly keyStatus?: "active" | "inactive";
  /** More of the inventory, e.g. functions that run as the target. */
  readonly also?: (input: GraphInput) => GraphInput;
}

/**
 * One caller with the statements, an administrator user and role to take over, a group of each kind, a customer policy on
 * the caller and on the targets.
 */
export function escalationInput({
  statements,
  as = "user",
  service = "lambda.amazonaws.com",
  targetTrust,
  boundary,
  keyStatus,
  scps = [],
}: EscalationWorld): GraphInput {
  const inline = [{ PolicyName: "own", PolicyDocument: { Statement: statements } }];
  const attached = [{ PolicyArn: iamArn("policy/shared") }];
  const caller = {
    Arn: iamArn(`${as}/caller`),
    AttachedManagedPolicies: attached,
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: iamArn("policy/boundary") } }),
  };
  const all = [{ PolicyName: "all", PolicyDocument: { Statement: everything } }];
  const input = limited(scps)(
    awsInventory(
      {
        UserDetailList: [
          ...(as === "user" ? [{ ...caller, UserPolicyList: inline, GroupList: ["mine"] }] : []),
          { Arn: iamArn("user/admin"), UserPolicyList: all, AttachedManagedPolicies: [{ PolicyArn: iamArn("policy/target") }] },
        ],
        GroupDetailList: [
          { Arn: iamArn("group/mine"), GroupName: "mine" },
          { Arn: iamArn("group/admins"), GroupName: "admins", GroupPolicyList: all },
        ],
        RoleDetailList: [
          ...(as === "role"
            ? [{ ...caller, RolePolicyList: inline, AssumeRolePolicyDocument: trustIn({ Service: "ec2.amazonaws.com" }) }]
            : []),
          {
            Arn: iamArn("role/target"),
            AssumeRolePolicyDocument: targetTrust ?? trustIn({ Service: service }),
            AttachedManagedPolicies: [...attached, { PolicyArn: iamArn("policy/target") }],
            RolePolicyList: all,
          },
        ],
        Policies: [],
      },
      {
        [iamArn("policy/shared")]: { Statement: [allow(["s3:ListAllMyBuckets"])] },
        [iamArn("policy/target")]: { Statement: [allow(["s3:ListAllMyBuckets"])] },
        [iamArn("policy/boundary")]: { Statement: boundary ?? [] },
      },
    ),
  );
  if (keyStatus === undefined) return input;
  return { ...input, credentials: [aCredential("AKIACALLER", iamArn(`${as}/caller`), { status: keyStatus })] };
}

const accountRef = `aws:account:${escalationAccount}`;

const limited =
  (scps: readonly (readonly Statement[])[]) =>
  (input: GraphInput): GraphInput => {
    if (scps.length === 0) return input;
    const account = aResource(accountRef, {
      kind: "account",
      provider: "aws",
      account: escalationAccount,
      sensitivity: 100,
      tierZero: true,
    });
    const policies = scps.map((Statement, level) =>
      aResource(`p-${level}`, { kind: "policy", provider: "aws", attributes: { document: { Statement } } }),
    );
    const grants = policies.map(({ ref }, level) => awsGrant("scp", accountRef, ref, { level }));
    return { ...input, resources: [...input.resources, account, ...policies], grants: [...input.grants, ...grants] };
  };

export const escalationGraph = (world: EscalationWorld): AccessGraph =>
  buildGraph((world.also ?? ((input) => input))(escalationInput(world)));

/** Technique ids on the edges that leave the caller. */
export function techniquesOfCaller(
  graph: AccessGraph,
  { as = "user", conditional }: { as?: "user" | "role"; conditional: boolean },
): string[] {
  const caller = graph.indexByKey.get(`identity:${iamArn(`${as}/caller`)}`)!;
  const edges = graph.edges.filter((edge) => edge.from === caller && edge.conditional === conditional);
  return [...new Set(edges.flatMap((edge) => edge.why.technique ?? []))].sort();
}
