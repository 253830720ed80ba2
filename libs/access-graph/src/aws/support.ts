import type { Alternative, Way } from "../types.ts";
import { openGround, statementGround } from "../ways.ts";
import { lowerAction } from "./action-name.ts";
import { decide } from "./evaluate.ts";
import type { NamedPolicy, PolicySet, Request, Verdict } from "./evaluate.ts";
import type { CompiledPolicy, CompiledStatement } from "./policy.ts";

/** A ground of the policy set, not of one principal: replaced by the grants that put the policy in force on it (see Chains). */
export const inForcePrefix = "in:";

/**
 * What a permission rests on, found by asking the same question with one allow at a time: every layer that must allow needs one of the
 * statements that would do it alone. Denies are not grounds: no fix removes one.
 */
export function supportOf(policies: PolicySet, request: Request, verdict?: Verdict): Way {
  const action = lowerAction(request.action);
  // Where a layer has but one allow to ask about, the answer is the one to the whole question.
  let whole = verdict;
  const answer = (): Verdict => (whole ??= decide(policies, request));
  const way = [identitySupport(policies, { request, action }, answer)];
  for (let index = 0; index < policies.ceilings.length; index++) way.push(ceilingSupport(policies, { request, action, index }, answer));
  return way;
}

function identitySupport(
  policies: PolicySet,
  { request, action }: { request: Request; action: string },
  whole: () => Verdict,
): readonly Alternative[] {
  let count = 0;
  for (const { policy } of policies.identity) count += policy.matching(action).allows.length;
  const found: Alternative[] = [];
  if (count === 0) return found;
  for (const named of policies.identity)
    for (const statement of named.policy.matching(action).allows) {
      const verdict = count === 1 ? whole() : decide(withOnly(policies, named, statement), request);
      addAlternative(found, verdict, ownGrounds(named.ref, statement));
    }
  return found;
}

/** The boundary's own grant is no ground: without the boundary there would be more, not less. */
function ceilingSupport(
  policies: PolicySet,
  { request, action, index }: { request: Request; action: string; index: number },
  whole: () => Verdict,
): readonly Alternative[] {
  const named = policies.ceilings[index]!;
  const { allows } = named.policy.matching(action);
  const found: Alternative[] = [];
  for (const statement of allows) {
    const alone = (): Verdict => {
      const ceilings = policies.ceilings.map((each, at) =>
        at === index ? { ref: named.ref, policy: onlyAllow(named.policy, statement) } : each,
      );
      return decide({ ...policies, ceilings }, request);
    };
    addAlternative(found, allows.length === 1 ? whole() : alone(), [statementGround(named.ref, statement.id)]);
  }
  return found;
}

function addAlternative(to: Alternative[], { decision }: Verdict, grounds: Alternative): void {
  if (decision === "allowed") to.push(grounds);
  else if (decision === "conditional") to.push([openGround, ...grounds]);
}

/** What an allow of the principal's own rests on: itself, and its policy being in force. One object for all who ask. */
export function ownGrounds(ref: string, statement: CompiledStatement): Alternative {
  const known = lastGrounds.get(statement);
  if (known?.ref === ref) return known.grounds;
  const grounds = [statementGround(ref, statement.id), `${inForcePrefix}${ref}`];
  lastGrounds.set(statement, { ref, grounds });
  return grounds;
}

/** Policies of several names may have one document, but are not asked about in turns. */
const lastGrounds = new WeakMap<CompiledStatement, { readonly ref: string; readonly grounds: Alternative }>();

/** The policy set with one allow of the principal's own, and every deny. */
export const withOnly = (policies: PolicySet, { ref, policy }: NamedPolicy, statement: CompiledStatement): PolicySet => ({
  ...policies,
  identity: policies.identity.map((each) => ({
    ref: each.ref,
    policy: each.ref === ref ? onlyAllow(policy, statement) : withoutAllows(each.policy, everyStatement),
  })),
});

/** The policy set without the allows that `drop` names. */
export const without = (policies: PolicySet, drop: (statement: CompiledStatement) => boolean): PolicySet => ({
  ...policies,
  identity: policies.identity.map(({ ref, policy }) => ({ ref, policy: policy.allows.some(drop) ? withoutAllows(policy, drop) : policy })),
});

const everyStatement = (): boolean => true;
const single = new WeakMap<CompiledPolicy, Map<CompiledStatement, CompiledPolicy>>();

function onlyAllow(policy: CompiledPolicy, statement: CompiledStatement): CompiledPolicy {
  if (policy.allows.length === 1) return policy;
  let made = single.get(policy);
  if (made === undefined) single.set(policy, (made = new Map()));
  let alone = made.get(statement);
  if (alone === undefined) made.set(statement, (alone = withoutAllows(policy, (each) => each !== statement)));
  return alone;
}

const withoutAllows = (policy: CompiledPolicy, drop: (statement: CompiledStatement) => boolean): CompiledPolicy => ({
  ...policy,
  allows: policy.allows.filter((statement) => !drop(statement)),
  matching: (action) => {
    const { allows, denies } = policy.matching(action);
    return { allows: allows.filter((statement) => !drop(statement)), denies };
  },
});
