import type { Way } from "../types.ts";
import { allWays } from "../ways.ts";
import { bestOf } from "./best-of.ts";
import type { NamedPolicy } from "./evaluate.ts";
import { mayAllow, onResource } from "./target-class.ts";
import type { ActionRequest, Selected } from "./target-class.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** A principal that took one of its limits off. */
export interface Lift {
  readonly principal: AwsPrincipal;
  /** What lets it. */
  readonly selected: Selected;
  /** Which limit: a policy, or its boundary. */
  readonly limit: string;
}

/** How surely it must be able to take them off. */
type Surely = "surely" | "perhaps";

/** Limits that the principal may take off: its boundary, and policies that forbid something. */
export function* lifts(world: AwsWorld, principal: AwsPrincipal, how: Surely = "surely"): Generator<Lift, void> {
  const { policies, boundaries } = principal;
  if (boundaries.length > 0) {
    const selected = unbounding(principal, how);
    const ceilings = policies.ceilings.filter((each) => !boundaries.includes(each));
    if (selected !== null)
      yield { principal: { ...principal, boundaries: [], policies: { ...policies, ceilings } }, selected, limit: "boundary" };
  }
  for (const named of policies.identity) {
    const selected = named.policy.denies.length === 0 ? null : lifting(world, { principal, how }, named);
    if (selected === null) continue;
    const identity = policies.identity.filter((each) => each !== named);
    yield { principal: { ...principal, policies: { ...policies, identity } }, selected, limit: named.ref };
  }
}

/** By taking the boundary off, by putting one in its place that leaves everything, or by rewriting it. */
function unbounding(principal: AwsPrincipal, how: Surely): Selected | null {
  const { arn, account, type, boundaries } = principal;
  const kind = type === "user" ? "User" : "Role";
  const widest = new Map([["iam:permissionsboundary", [`arn:${arn.split(":")[1]}:iam::aws:policy/AdministratorAccess`]]]);
  const rewritten = boundaries.filter(({ ref }) => isOwnPolicy(ref, account));
  const ways: (readonly Needed[])[] = [
    [{ action: `iam:Delete${kind}PermissionsBoundary`, resource: arn }],
    [{ action: `iam:Put${kind}PermissionsBoundary`, resource: arn, context: widest }],
    ...(rewritten.length === boundaries.length ? [rewritten.map(({ ref }) => ({ action: "iam:CreatePolicyVersion", resource: ref }))] : []),
  ];
  return bestOf(ways.flatMap((needed) => allowed(principal, how, needed) ?? []));
}

const isOwnPolicy = (ref: string, account: string): boolean => ref.includes(`:iam::${account}:policy/`);

/** The principal after it took off every limit that it may. */
export const freed = (world: AwsWorld, principal: AwsPrincipal): AwsPrincipal => lifted(world, principal).at(-1)?.principal ?? principal;

/** All lifts as one; null when there is none. */
export function everyLift(world: AwsWorld, principal: AwsPrincipal, how: Surely = "surely"): Lift | null {
  const taken = lifted(world, principal, how);
  if (taken.length < 2) return taken[0] ?? null;
  const selected = {
    facts: taken.flatMap(({ selected: { facts } }) => facts),
    conditions: [...new Set(taken.flatMap(({ selected: { conditions } }) => conditions))],
    ways: allWays(...taken.map(({ selected: { ways } }) => [anyOf(ways)])),
  };
  return { principal: taken.at(-1)!.principal, selected, limit: "any limit that it may take off" };
}

/** One after the other: what is gone may have kept the next one on. */
function lifted(world: AwsWorld, principal: AwsPrincipal, how: Surely = "surely"): readonly Lift[] {
  const taken: Lift[] = [];
  for (let at: AwsPrincipal | null = principal; at !== null;) {
    const { value: next } = lifts(world, at, how).next();
    if (next !== undefined) taken.push(next);
    at = next?.principal ?? null;
  }
  return taken;
}

/** One way that holds as surely as the surest of them: combining every way of every limit would double with each limit. */
const anyOf = (ways: readonly Way[]): Way => ways.reduce((a, b) => a.flatMap((one) => b.map((other) => [...one, ...other])));

/** By rewriting it, or by taking it from itself and leaving the groups that bring it. */
function lifting(
  world: AwsWorld,
  { principal, how }: { readonly principal: AwsPrincipal; readonly how: Surely },
  { ref }: NamedPolicy,
): Selected | null {
  const { arn, type, groups, directPolicies, account } = principal;
  const rewriting = isOwnPolicy(ref, account) ? allowed(principal, how, [{ action: "iam:CreatePolicyVersion", resource: ref }]) : null;
  const kind = type === "user" ? "User" : "Role";
  const through = groups.filter((group) => world.groups.get(group)?.policies.some((policy) => policy.ref === ref) === true);
  const needed = [
    ...(directPolicies.includes(ref)
      ? [{ action: ref.includes("#inline/") ? `iam:Delete${kind}Policy` : `iam:Detach${kind}Policy`, resource: arn }]
      : []),
    ...through.map((group) => ({ action: "iam:RemoveUserFromGroup", resource: group })),
  ];
  const leaving = needed.length === 0 ? null : allowed(principal, how, needed);
  if (rewriting === null || leaving === null) return rewriting ?? leaving;
  return bestOf([rewriting, leaving]);
}

interface Needed extends ActionRequest {
  readonly resource: string;
}

function allowed({ policies }: AwsPrincipal, how: Surely, needed: readonly Needed[]): Selected | null {
  const found: Selected[] = [];
  for (const { resource, ...request } of needed) {
    const selected = mayAllow(policies, request.action) ? onResource(policies, [request], resource) : null;
    if (selected === null || (how === "surely" && selected.conditions.length > 0)) return null;
    found.push(selected);
  }
  return {
    facts: found.flatMap(({ facts }) => facts),
    conditions: [...new Set(found.flatMap(({ conditions }) => conditions))],
    ways: allWays(...found.map(({ ways }) => ways)),
  };
}
