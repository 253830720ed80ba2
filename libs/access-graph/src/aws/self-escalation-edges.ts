import { byText } from "../order.ts";
import type { Way } from "../types.ts";
import { allWays } from "../ways.ts";
import { accountOfArn } from "./arn.ts";
import { bestOf } from "./best-of.ts";
import { everyLift, lifts } from "./freed.ts";
import type { Lift } from "./freed.ts";
import type { Guise } from "./guises.ts";
import { asMember, joinableGroups, joinAction, joinEdges } from "./group-join-edges.ts";
import { newPrincipalEdges } from "./new-principal-edges.ts";
import { policyVersionEdges } from "./policy-version-edges.ts";
import { proxyEdges } from "./proxy-edges.ts";
import { inlineOf, nothingRewritten, onlyPolicy } from "./raised-powers.ts";
import type { Rewrite } from "./raised-powers.ts";
import { gain } from "./self-escalation.ts";
import type { Caller, SelfEscalation } from "./self-escalation.ts";
import { mayAllow, onResource } from "./target-class.ts";
import type { ActionRequest, Selected } from "./target-class.ts";
import { freeingTechnique, selfTechniques, techniqueRequest } from "./techniques.ts";
import type { SelfTechnique } from "./techniques.ts";
import type { AwsPrincipal } from "./world.ts";
import { isProtectedRole } from "./world.ts";

/** CAN_ESCALATE_SELF: the principal can give itself, or something it already is or may become, any permission. */
export function selfEscalationEdges(work: SelfEscalation, caller: Caller, guise: Guise | null = null): void {
  const { principal } = caller;
  if (!work.accounts.has(principal.account) || isProtectedRole(principal.arn) || guise?.leadsNowhere === true) return;
  if (guise?.isRaised !== true) {
    for (const technique of selfTechniques) {
      if (technique.principal !== "any" && technique.principal !== principal.type) continue;
      if (!mayAllow(principal.policies, technique.action)) continue;
      if (technique.on !== "anyGroup") raiseItself(work, caller, technique);
      else if (guise === null) joinEdges(work, caller, technique.id);
    }
    if (guise === null) policyVersionEdges(work, caller);
  }
  freeItself(work, caller, guise);
  proxyEdges(work, caller);
  newPrincipalEdges(work, caller, guise?.isRaised === true);
}

/** With more limits than these they are taken off all together only, and not each by itself. */
const liftedApart = 2;

/** What it may take off for certain, and apart from that what a condition may let it. */
function liftsOf({ world }: SelfEscalation, principal: AwsPrincipal): readonly Lift[] {
  const all = [...lifts(world, principal, "perhaps")];
  return (["surely", "perhaps"] as const).flatMap((how) => {
    const apart = all.filter(({ selected }) => (selected.conditions.length === 0) === (how === "surely"));
    const every = apart.length > liftedApart ? everyLift(world, principal, how) : null;
    return every === null ? apart : [every];
  });
}

/** Guards that their holder may take off are none: one edge for each, to what it is without. */
function freeItself(work: SelfEscalation, { principal, chains }: Caller, guise: Guise | null): void {
  const before = guise?.without ?? {
    limits: [],
    of: principal.key,
    label: guise?.label ?? principal.arn.slice(principal.arn.lastIndexOf(":") + 1),
  };
  for (const { principal: after, selected, limit } of liftsOf(work, principal)) {
    const limits = [...before.limits, limit].sort(byText);
    const free: Guise = {
      principal: {
        ...after,
        key: `${before.of.replace(/^identity:/, "resource:")}#without ${limits.join(" and ")}`,
        signature: `${principal.signature}\nwithout ${limit}`,
      },
      chains,
      label: `${before.label} without ${limits.map((each) => each.slice(each.lastIndexOf("/") + 1)).join(" and ")}`,
      isRaised: guise?.isRaised === true,
      without: { ...before, limits },
    };
    const ways = selected.ways.map(chains.localise);
    gain(work, { principal, technique: freeingTechnique }, { selected: { ...selected, ways }, guise: free });
  }
}

/** To the account, or to what its limits leave: which of both may depend on what the change writes anew. */
function raiseItself(work: SelfEscalation, caller: Caller, technique: SelfTechnique): void {
  const { principal, chains } = caller;
  const found = new Map<Guise | null, Selected[]>();
  for (const { target, also, need, rewrite, becomes } of ownTargets(work, caller, technique)) {
    const selected = onResource(
      principal.policies,
      [techniqueRequest(technique.action, principal, work.world.attachable), ...also],
      target,
    );
    if (selected === null) continue;
    const power = work.powers.of(becomes.principal, becomes.chains, rewrite);
    const [guise, further] = power.kind === "guise" ? [power.guise, { conditions: [], ways: [[]] }] : [null, power];
    const list = found.get(guise) ?? [];
    found.set(guise, list);
    list.push({
      ...selected,
      conditions: [...selected.conditions, ...further.conditions],
      ways: allWays(selected.ways.map(chains.localise), need, further.ways),
    });
  }
  for (const [guise, all] of found) gain(work, { principal, technique: technique.id }, { selected: bestOf(all)!, guise });
}

interface OwnTarget {
  readonly target: string;
  /** Actions on the target that make it its own first. */
  readonly also: readonly ActionRequest[];
  /** What it must stay to count as its own. */
  readonly need: readonly Way[];
  readonly rewrite: Rewrite;
  /** Who has the permissions in the end. */
  readonly becomes: Caller;
}

function ownTargets(work: SelfEscalation, caller: Caller, { on, action }: SelfTechnique): readonly OwnTarget[] {
  const { principal, chains } = caller;
  const rewrite = (holder: string): Rewrite => (action.startsWith("iam:Put") ? inlineOf(holder) : nothingRewritten);
  const own = { also: [], becomes: caller };
  if (on === "self") return [{ ...own, target: principal.arn, need: [[]], rewrite: rewrite(principal.arn) }];
  if (on === "ownGroup")
    return [
      ...principal.groups.map((target) => ({ ...own, target, need: [[chains.membership(target)]], rewrite: rewrite(target) })),
      ...joinableGroups(work, caller).map((group) => ({
        target: group.arn,
        also: [{ action: joinAction }],
        need: [[]],
        rewrite: rewrite(group.arn),
        // Only what a group forbids makes its members less than what they were.
        becomes: group.policies.some(({ policy }) => policy.denies.length > 0) ? asMember(work, caller, group) : caller,
      })),
    ];
  return principal.attached
    .filter((policy) => accountOfArn(policy) === principal.account)
    .map((target) => ({ ...own, target, need: [[chains.to(target)]], rewrite: onlyPolicy(target) }));
}
