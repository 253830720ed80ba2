import { allWays } from "../ways.ts";
import { accountOfArn } from "./arn.ts";
import type { AttachablePolicies } from "./attachable-policies.ts";
import { assumable } from "./become.ts";
import { bestOf } from "./best-of.ts";
import type { Guise } from "./guises.ts";
import { PossibleTechniques } from "./possible-techniques.ts";
import type { PrincipalClasses } from "./principal-classes.ts";
import { inlineOf, nothingRewritten, onlyPolicy } from "./raised-powers.ts";
import { gain } from "./self-escalation.ts";
import type { Caller, SelfEscalation } from "./self-escalation.ts";
import { onResource, selectTargets } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { proxyTechniques, techniqueRequest } from "./techniques.ts";
import type { ProxyTechnique } from "./techniques.ts";
import type { AwsPrincipal } from "./world.ts";

/** Ways kept of each kind: the gain is the same account whichever target it is, and hardly a plan takes this many of them at once. */
const proxiesKept = 4;

const possibleProxies = new PossibleTechniques(
  proxyTechniques.map((technique) => ({
    technique,
    onTarget: technique.onTarget,
    onAnything: technique.onItsPolicy === null ? [] : [technique.onItsPolicy],
  })),
);

/** Making somebody else unlimited, then becoming it. */
export function proxyEdges(work: SelfEscalation, caller: Caller): void {
  const { principal } = caller;
  for (const { technique } of possibleProxies.of(principal.policies)) {
    const kept = new Map<string, number>();
    const found: Through[] = [];
    for (const { arn, selected } of targetsOf(principal, technique, {
      targets: work.classes.of(principal.account, technique.target),
      attachable: work.world.attachable,
    })) {
      const target = work.world.byArn.get(arn)!;
      if (target.arn === principal.arn) continue;
      for (const through of throughTarget(work, caller, { target, selected, technique })) {
        const known = kept.get(through.kind) ?? 0;
        kept.set(through.kind, known + 1);
        if (known < proxiesKept) found.push(through);
      }
    }
    for (const [guise, all] of Map.groupBy(found, (through) => through.guise))
      gain(work, { principal, technique: technique.id }, { selected: bestOf(all)!, guise });
  }
}

/** A part of the proof, with what it rests on for this caller, and that again in words that are alike for targets alike. */
interface Part extends Selected {
  readonly kind: string;
}

interface Through extends Part {
  /** Null = the account. */
  readonly guise: Guise | null;
}

const nothingMore: Part = { facts: [], conditions: [], ways: [[]], kind: "" };

interface Targeted {
  readonly target: AwsPrincipal;
  readonly selected: Selected;
  readonly technique: ProxyTechnique;
}

/** One way for each policy of the target that could be rewritten, as what is left of its limits may differ. */
function throughTarget(work: SelfEscalation, caller: Caller, { target, selected, technique }: Targeted): Through[] {
  const change = { ...selected, ways: selected.ways.map(caller.chains.localise), kind: JSON.stringify(selected.ways) };
  const entry = technique.mustBeAssumable ? asPart(assumable(work.world, caller, target), target) : nothingMore;
  if (entry === null) return [];
  const { onItsPolicy, onTarget } = technique;
  const isWritten = onTarget.some((action) => action.startsWith("iam:Put"));
  const rewrites =
    onItsPolicy === null
      ? [{ part: nothingMore, rewrite: isWritten ? inlineOf(target.arn) : nothingRewritten }]
      : onPoliciesOf(work, caller, { target, action: onItsPolicy });
  return rewrites.map(({ part, rewrite }) => {
    const power = work.powers.of(target, work.chains.of(target), rewrite);
    const [guise, further] = power.kind === "guise" ? [power.guise, { conditions: [], ways: [[]] }] : [null, power];
    const parts = [change, entry, part];
    const conditions = [...parts.flatMap((each) => each.conditions), ...further.conditions];
    return {
      guise,
      facts: parts.flatMap((each) => each.facts),
      conditions,
      ways: allWays(...parts.map((each) => each.ways), further.ways),
      kind: [guise?.principal.signature ?? "", conditions.length > 0, ...parts.map((each) => each.kind)].join("\n"),
    };
  });
}

const asPart = (found: Selected | null, { arn }: AwsPrincipal): Part | null =>
  found === null ? null : { ...found, kind: JSON.stringify(found.ways).replaceAll(arn, "") };

function targetsOf(
  principal: AwsPrincipal,
  technique: ProxyTechnique,
  { targets, attachable }: { targets: ReturnType<PrincipalClasses["of"]>; attachable: AttachablePolicies },
): { arn: string; selected: Selected }[] {
  const actions = technique.onTarget.map((action) => techniqueRequest(action, principal, attachable));
  if (actions.length === 0) return targets.members.map((member) => ({ arn: member.arn, selected: nothingMore }));
  const selection = selectTargets(principal.policies, actions, targets);
  const everyone = selection.everyone;
  return everyone === null
    ? selection.some.map(({ member, selected }) => ({ arn: member.arn, selected }))
    : targets.members.map((member) => ({ arn: member.arn, selected: everyone }));
}

/** Policies of the target that the caller may rewrite: only those of its own account are anybody's to edit. Limits aside, they are one way. */
function onPoliciesOf(
  work: SelfEscalation,
  { principal, chains }: Caller,
  { target, action }: { target: AwsPrincipal; action: string },
): { readonly part: Part; readonly rewrite: ReturnType<typeof onlyPolicy> }[] {
  const targetChains = work.chains.of(target);
  const found = target.attached
    .filter((policy) => accountOfArn(policy) === principal.account)
    .flatMap((policy) => {
      const selected = onResource(principal.policies, [{ action }], policy);
      if (selected === null) return [];
      const ways = allWays(selected.ways.map(chains.localise), [[targetChains.to(policy)]]);
      return [{ policy, part: { ...selected, ways, kind: JSON.stringify(selected.ways) } }];
    });
  const alike = Map.groupBy(found, ({ policy }) => work.powers.of(target, targetChains, onlyPolicy(policy)));
  return [...alike.values()].map((same) => ({
    part: { ...bestOf(same.map(({ part }) => part))!, kind: [...new Set(same.map(({ part }) => part.kind))].sort().join("\n") },
    rewrite: onlyPolicy(same[0]!.policy),
  }));
}
