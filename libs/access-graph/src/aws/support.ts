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
  for (const named of policies.identity)
    for (const statement of named.policy.matching(action).allows) {
      const { decision } = count === 1 ? whole() : decide(withOnly(policies, named, statement), request);
      const alternative = alternativeOf(decision, ownGrounds(named.ref, statement));
      if (count === 1) return alternative === null ? found : [alternative];
      if (alternative !== null) found.push(alternative);
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
    const { decision } = allows.length === 1 ? whole() : alone();
    const alternative = alternativeOf(decision, [statementGround(named.ref, statement.id)]);
    if (alternative !== null) found.push(alternative);
  }
  return found;
}

function alternativeOf(decision: Verdict["decision"], grounds: Alternative): Alternative | null {
  if (decision === "allowed") return grounds;
  return decision === "conditional" ? [openGround, ...grounds] : null;
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
    policy: each.ref === ref ? onlyAllow(policy, statement) : each.policy.withAllows(noStatement),
  })),
});

/** The policy set without the allows that `drop` names. */
export const without = (policies: PolicySet, drop: (statement: CompiledStatement) => boolean): PolicySet => ({
  ...policies,
  identity: policies.identity.map(({ ref, policy }) => ({
    ref,
    policy: policy.allows.some(drop) ? policy.withAllows((allow) => !drop(allow)) : policy,
  })),
});

const noStatement = (): boolean => false;
const single = new WeakMap<CompiledPolicy, Map<CompiledStatement, CompiledPolicy>>();

function onlyAllow(policy: CompiledPolicy, statement: CompiledStatement): CompiledPolicy {
  if (policy.allows.length === 1) return policy;
  let made = single.get(policy);
  if (made === undefined) single.set(policy, (made = new Map()));
  let alone = made.get(statement);
  if (alone === undefined) made.set(statement, (alone = policy.withAllows((each) => each === statement)));
  return alone;
}
