import type { BuildContext } from "../edge-builder.ts";
import type { EdgeEvidence, Way } from "../types.ts";
import { statementGround } from "../ways.ts";
import { parseArn } from "./arn.ts";
import type { PolicyReader } from "./authorize/policy-reader.ts";
import type { RequestContext } from "./condition.ts";
import { coversPrefix } from "./glob.ts";
import type { CompiledStatement } from "./policy.ts";

/** One of several requests that would do for whoever makes it. */
export interface Choice {
  readonly context: RequestContext;
  /** What else makes it do. */
  readonly ways: readonly Way[];
  readonly facts: EdgeEvidence["facts"];
}

/** Policies of each account, beside those of AWS, that make whoever they are attached to an administrator. */
export type AttachablePolicies = ReadonlyMap<string, readonly Choice[]>;

/** AWS's own: the second allows whatever it takes to have the first. */
const ofAws = ["AdministratorAccess", "IAMFullAccess"] as const;

export function attachablePolicies({ inventory }: BuildContext, reader: PolicyReader): AttachablePolicies {
  const found = new Map<string, Choice[]>();
  for (const { entity } of inventory.resourcesOfKind("policy")) {
    const document = entity.attributes["document"];
    const arn = document === undefined || document === null ? null : parseArn(entity.ref);
    if (arn === null || arn.account === "" || arn.account === "aws" || !isManagedPolicy(entity.ref)) continue;
    const { policy } = reader.carried(entity.ref, document);
    const statements = policy.denies.length === 0 ? policy.allows.filter(isAdministration) : [];
    if (statements.length === 0) continue;
    const choices = found.get(arn.account) ?? [];
    found.set(arn.account, choices);
    choices.push({
      context: attaching(entity.ref),
      ways: [[statements.map(({ id }) => [statementGround(entity.ref, id)])]],
      facts: [{ ref: entity.ref, detail: `${statements[0]!.id} makes whoever has it an administrator` }],
    });
  }
  return found;
}

/** Every policy that would do, those of AWS first. */
export const choicesOf = (
  { arn, account }: { readonly arn: string; readonly account: string },
  policies: AttachablePolicies,
): readonly Choice[] => [
  ...ofAws.map((name) => ({ context: attaching(`arn:${arn.split(":")[1]}:iam::aws:policy/${name}`), ways: [[]], facts: [] })),
  ...(policies.get(account) ?? []),
];

export const attachedPolicyKey = "iam:policyarn";

const attaching = (policy: string): RequestContext => new Map([[attachedPolicyKey, [policy]]]);
const isManagedPolicy = (ref: string): boolean => /^arn:[^:]+:iam::[^:]*:policy\/[^#]+$/.test(ref);

/** Everything, or everything of IAM, on anything and without a condition. */
const isAdministration = ({ notActions, actions, conditions, notResources, resources }: CompiledStatement): boolean =>
  notActions === null &&
  notResources === null &&
  conditions.length === 0 &&
  actions.some((action) => /^(?:\*|\*:\*|iam:\*)$/i.test(action)) &&
  resources.some((pattern) => coversPrefix(pattern, "arn:aws:iam::"));
