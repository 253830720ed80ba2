import type { Alternative, EdgeEvidence, Way } from "../types.ts";
import { areTagsKnown, decide } from "./evaluate.ts";
import type { PolicySet, Request, Verdict } from "./evaluate.ts";
import { attachedPolicyKey } from "./attachable-policies.ts";
import type { Choice } from "./attachable-policies.ts";
import { ArnIndex } from "./arn-index.ts";
import { coversPrefix, touchesPrefix } from "./glob.ts";
import { namedMembers } from "./named-members.ts";
import { lowerAction, serviceOfAction } from "./action-name.ts";
import type { CompiledStatement } from "./policy.ts";
import { supportOf } from "./support.ts";
import { allWays } from "../ways.ts";
import { isResourceTag } from "./variables.ts";

export interface ClassMember {
  readonly arn: string;
  readonly key: string;
  /** What must hold for it to be in the class; empty = it is. */
  readonly conditions: readonly string[];
  readonly facts: EdgeEvidence["facts"];
  /** What its membership rests on. */
  readonly ways: readonly Way[];
}

/** A set of principals that one grant can name together: all users of an account, all roles a service may run as. */
export interface TargetClass {
  /** Unique; part of the hub node's key. */
  readonly id: string;
  readonly account: string;
  readonly label: string;
  /** Every member's ARN starts with it. */
  readonly prefix: string;
  /** Sorted by ARN. */
  readonly members: readonly ClassMember[];
  readonly index: ArnIndex<ClassMember>;
}

export interface ActionRequest extends Omit<Request, "resource"> {
  /** Requests of which any would do; they differ in which policy is attached. */
  readonly choices?: readonly Choice[];
}

/** Combined answer for several actions on one target. */
export interface Selected {
  readonly facts: EdgeEvidence["facts"];
  readonly conditions: readonly string[];
  /** What it rests on, as grounds of the policy set: made one principal's by PrincipalChains. */
  readonly ways: readonly Way[];
}

export interface Selection {
  /** The grant speaks of the whole class at once. */
  readonly everyone: Selected | null;
  readonly some: readonly { readonly member: ClassMember; readonly selected: Selected }[];
}

const nobody: Selection = { everyone: null, some: [] };

export function targetClass(parts: Omit<TargetClass, "members" | "index">, members: readonly ClassMember[]): TargetClass {
  const index = new ArnIndex(members);
  return { ...parts, members: index.all(), index };
}

/** Which members of the class may this principal perform all the actions on? Never tests pairs when the grant is uniform. */
export function selectTargets(policies: PolicySet, actions: readonly ActionRequest[], targets: TargetClass): Selection {
  if (targets.members.length === 0 || !actions.every(({ action }) => mayAllow(policies, action))) return nobody;
  if (actions.every((action) => isUniform(policies, action, targets.prefix))) {
    return { everyone: onResource(policies, actions, `${targets.prefix}any`), some: [] };
  }
  const some = namedMembers(policies, lowerAction(actions[0]!.action), targets).flatMap((member) => {
    const selected = onResource(policies, actions, member.arn);
    return selected === null ? [] : [{ member, selected }];
  });
  return { everyone: null, some };
}

/** All actions on one resource: null when one is denied. */
export function onResource(policies: PolicySet, actions: readonly ActionRequest[], resource: string): Selected | null {
  const asked: (readonly Asked[])[] = [];
  for (const action of actions) {
    const permitted = permittedOf(policies, action, resource);
    if (permitted.length === 0) return null;
    if (actions.length === 1 && permitted[0]!.choice === undefined) return onOne(policies, permitted[0]!);
    asked.push(permitted);
  }
  const facts: EdgeEvidence["facts"][number][] = [];
  const conditions = new Set<string>();
  const way: (readonly Alternative[])[] = [];
  const chosen: (readonly Way[])[] = [];
  for (const permitted of asked) {
    const best = permitted.find(({ verdict }) => verdict.decision === "allowed") ?? permitted[0]!;
    facts.push(factOf(best.verdict, best.request.action), ...(best.choice?.facts ?? []));
    for (const condition of best.verdict.conditions) conditions.add(condition);
    if (best.choice === undefined) for (const need of supportOf(policies, best.request, best.verdict)) way.push(need);
    else chosen.push(permitted.flatMap((each) => supportOfChoice(policies, each)));
  }
  return {
    facts,
    conditions: conditions.size === 0 ? certain : [...conditions],
    ways: chosen.length === 0 ? [way] : allWays([way], ...chosen),
  };
}

/** The same for a single request, as nearly all are. */
const onOne = (policies: PolicySet, { request, verdict }: Asked): Selected => ({
  facts: [factOf(verdict, request.action)],
  conditions: verdict.conditions.length < 2 ? verdict.conditions : [...new Set(verdict.conditions)],
  ways: [supportOf(policies, request, verdict)],
});

interface Asked {
  readonly request: Request;
  readonly verdict: Verdict;
  /** Absent where nothing told the choices apart. */
  readonly choice?: Choice;
}

function permittedOf(policies: PolicySet, { choices, ...request }: ActionRequest, resource: string): readonly Asked[] {
  if (choices === undefined) return permittedAs(policies, { ...request, resource });
  if (!tellsPoliciesApart(policies, request.action)) return permittedAs(policies, { ...request, resource, context: choices[0]!.context });
  return choices.flatMap((choice) =>
    permittedAs(policies, { ...request, resource, context: choice.context }).map((asked) => ({ ...asked, choice })),
  );
}

function permittedAs(policies: PolicySet, request: Request): readonly Asked[] {
  const verdict = decide(policies, request);
  return permits(verdict) ? [{ request, verdict }] : [];
}

const tellsPoliciesApart = (policies: PolicySet, action: string): boolean =>
  matchingStatements(policies, lowerAction(action)).some(({ conditions }) =>
    conditions.some(({ key }) => key.toLowerCase() === attachedPolicyKey),
  );

const supportOfChoice = (policies: PolicySet, { request, verdict, choice }: Asked): readonly Way[] =>
  allWays([supportOf(policies, request, verdict)], choice?.ways ?? [[]]);

const certain: readonly string[] = [];

/** False only when no allow speaks of the action: cheap, and settles nearly every question. */
export const mayAllow = (policies: PolicySet, action: string): boolean =>
  policies.identity.some(({ policy }) => policy.touches(serviceOfAction(action)) && policy.matching(lowerAction(action)).allows.length > 0);

export const permits = (verdict: Verdict): boolean => verdict.decision === "allowed" || verdict.decision === "conditional";

export const factOf = (verdict: Verdict, action: string): EdgeEvidence["facts"][number] => ({
  ref: verdict.by?.ref ?? "",
  detail: `${action} allowed by ${verdict.by?.statement.id ?? "policy"}`,
});

export function matchingStatements(policies: PolicySet, lowerAction: string): CompiledStatement[] {
  return [...policies.identity, ...policies.ceilings].flatMap(({ policy }) => {
    const { allows, denies } = policy.matching(lowerAction);
    return [...allows, ...denies];
  });
}

/** Do the policies treat everything under the prefix alike? */
export function isUniform(policies: PolicySet, { action }: Pick<ActionRequest, "action">, prefix: string): boolean {
  const lower = lowerAction(action);
  const hasTags = areTagsKnown(policies, lower);
  return matchingStatements(policies, lower).every(
    (statement) => !(hasTags && statement.conditions.some(({ key }) => isResourceTag(key))) && meansAllOrNone(statement, prefix),
  );
}

/** By what the statement names; its conditions aside. */
export function meansAllOrNone(statement: CompiledStatement, prefix: string): boolean {
  return (statement.notResources ?? statement.resources).every((pattern) => {
    if (pattern.includes("${")) return !touchesPrefix(pattern.replace(/\$\{.*/, "*"), prefix);
    return coversPrefix(pattern, prefix) || !touchesPrefix(pattern, prefix);
  });
}
