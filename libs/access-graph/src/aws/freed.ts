import { allWays } from "../ways.ts";
import type { NamedPolicy } from "./evaluate.ts";
import { mayAllow, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** A principal that took one of its limits off. */
export interface Lift {
  readonly principal: AwsPrincipal;
  /** What lets it. */
  readonly selected: Selected;
  /** Which limit: a policy, or its boundary. */
  readonly limit: string;
}

/** Limits that the principal may take off for certain: its boundary, and policies that forbid something. */
export function lifts(world: AwsWorld, principal: AwsPrincipal): readonly Lift[] {
  const { policies, boundaries, type, arn } = principal;
  const found: Lift[] = [];
  if (boundaries.length > 0) {
    const selected = certain(principal, [[`iam:Delete${type === "user" ? "User" : "Role"}PermissionsBoundary`, arn]]);
    const ceilings = policies.ceilings.filter((each) => !boundaries.includes(each));
    if (selected !== null)
      found.push({ principal: { ...principal, boundaries: [], policies: { ...policies, ceilings } }, selected, limit: "boundary" });
  }
  for (const named of policies.identity) {
    const selected = named.policy.denies.length === 0 ? null : lifting(world, principal, named);
    if (selected === null) continue;
    const identity = policies.identity.filter((each) => each !== named);
    found.push({ principal: { ...principal, policies: { ...policies, identity } }, selected, limit: named.ref });
  }
  return found;
}

/** The principal after it took off every limit that it may. */
export const freed = (world: AwsWorld, principal: AwsPrincipal): AwsPrincipal => everyLift(world, principal)?.principal ?? principal;

/** All lifts as one; null when there is none. */
export function everyLift(world: AwsWorld, principal: AwsPrincipal): Lift | null {
  const [first] = lifts(world, principal);
  if (first === undefined) return null;
  const rest = everyLift(world, first.principal);
  if (rest === null) return first;
  const facts = [...first.selected.facts, ...rest.selected.facts];
  const selected = { facts, conditions: [], ways: allWays(first.selected.ways, rest.selected.ways) };
  return { principal: rest.principal, selected, limit: "any limit that it may take off" };
}

/** By rewriting it, or by taking it from itself and leaving the groups that bring it. */
function lifting(world: AwsWorld, principal: AwsPrincipal, { ref }: NamedPolicy): Selected | null {
  const { arn, type, groups, directPolicies, account } = principal;
  const rewriting = ref.includes(`:iam::${account}:policy/`) ? certain(principal, [["iam:CreatePolicyVersion", ref]]) : null;
  const kind = type === "user" ? "User" : "Role";
  const through = groups.filter((group) => world.groups.get(group)?.policies.some((policy) => policy.ref === ref) === true);
  const needed = [
    ...(directPolicies.includes(ref)
      ? [[ref.includes("#inline/") ? `iam:Delete${kind}Policy` : `iam:Detach${kind}Policy`, arn] as const]
      : []),
    ...through.map((group) => ["iam:RemoveUserFromGroup", group] as const),
  ];
  const leaving = needed.length === 0 ? null : certain(principal, needed);
  if (rewriting === null || leaving === null) return rewriting ?? leaving;
  return { ...rewriting, ways: [...rewriting.ways, ...leaving.ways] };
}

function certain({ policies }: AwsPrincipal, needed: readonly (readonly [action: string, resource: string])[]): Selected | null {
  const found: Selected[] = [];
  for (const [action, resource] of needed) {
    const selected = mayAllow(policies, action) ? onResource(policies, [{ action }], resource) : null;
    if (selected === null || selected.conditions.length > 0) return null;
    found.push(selected);
  }
  return { facts: found.flatMap(({ facts }) => facts), conditions: [], ways: allWays(...found.map(({ ways }) => ways)) };
}
