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
export function supportOf(policies: PolicySet, request: Request, only?: (statement: CompiledStatement) => boolean): Way {
  return [identitySupport(policies, request, only), ...policies.ceilings.map((_, index) => ceilingSupport(policies, request, index))];
}

export function identitySupport(
  policies: PolicySet,
  request: Request,
  only: (statement: CompiledStatement) => boolean = () => true,
): readonly Alternative[] {
  return policies.identity.flatMap((named) =>
    allowsOf(named, request.action)
      .filter(only)
      .flatMap((statement) =>
        asAlternative(decide(withOnly(policies, named, statement), request), [
          statementGround(named.ref, statement.id),
          `${inForcePrefix}${named.ref}`,
        ]),
      ),
  );
}

/** The boundary's own grant is no ground: without the boundary there would be more, not less. */
function ceilingSupport(policies: PolicySet, request: Request, index: number): readonly Alternative[] {
  const named = policies.ceilings[index]!;
  return allowsOf(named, request.action).flatMap((statement) => {
    const ceilings = policies.ceilings.map((each, at) =>
      at === index ? { ref: named.ref, policy: onlyAllow(named.policy, statement) } : each,
    );
    return asAlternative(decide({ ...policies, ceilings }, request), [statementGround(named.ref, statement.id)]);
  });
}

const allowsOf = ({ policy }: NamedPolicy, action: string): readonly CompiledStatement[] => policy.matching(lowerAction(action)).allows;

function asAlternative({ decision }: Verdict, grounds: Alternative): Alternative[] {
  if (decision === "allowed") return [grounds];
  return decision === "conditional" ? [[openGround, ...grounds]] : [];
}

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
