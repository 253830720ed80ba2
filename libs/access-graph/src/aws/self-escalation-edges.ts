import type { GraphDraft } from "../draft.ts";
import { evidence, resting } from "../edge-builder.ts";
import { admitted, delegated } from "./admitted.ts";
import { accountOfArn } from "./arn.ts";
import { bestOf, remainingLimits, toAccount } from "./escalation-edges.ts";
import type { Limits } from "./escalation-edges.ts";
import { derivedNode } from "../derived-node.ts";
import type { Way } from "../types.ts";
import { allWays, openNeed } from "../ways.ts";
import type { Chains, PrincipalChains } from "./chains.ts";
import { newPrincipalWays } from "./new-principal-ways.ts";
import type { PrincipalClasses } from "./principal-classes.ts";
import { mayAllow, onResource, selectTargets } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { proxyTechniques, selfTechniques, techniqueContext } from "./techniques.ts";
import type { ProxyTechnique, SelfTechnique } from "./techniques.ts";
import { trustEntries } from "./trust.ts";
import { openedTo } from "./trust-opening.ts";
import { isProtectedRole } from "./world.ts";
import type { AwsGroup, AwsPrincipal, AwsWorld } from "./world.ts";

export interface SelfEscalation {
  readonly draft: GraphDraft;
  readonly world: AwsWorld;
  readonly classes: PrincipalClasses;
  readonly chains: Chains;
  readonly accounts: ReadonlyMap<string, string>;
}

/** CAN_ESCALATE_SELF: the principal can give itself, or something it already is or may become, any permission. */
export function selfEscalationEdges(work: SelfEscalation, principal: AwsPrincipal, chains: PrincipalChains): void {
  const account = work.accounts.get(principal.account);
  if (account === undefined || isProtectedRole(principal.arn)) return;
  const add = (technique: string, selected: Selected): void => toAccount(work.draft, { from: principal.key, account, technique }, selected);
  for (const technique of selfTechniques) {
    if (technique.principal !== "any" && technique.principal !== principal.type) continue;
    if (!mayAllow(principal.policies, technique.action)) continue;
    if (technique.on === "anyGroup") {
      addGroupJoins(work, { principal, chains }, technique);
      continue;
    }
    const selected = bestOf(
      ownTargets(principal, chains, technique).flatMap(({ target, need }) => {
        const found = onResource(principal.policies, [requestOf(principal, technique.action)], target);
        return found === null ? [] : [{ ...found, ways: allWays(found.ways.map(chains.localise), need) }];
      }),
    );
    if (selected !== null) add(technique.id, limitedBy(selected, remainingLimits(principal), chains));
  }
  for (const technique of proxyTechniques) {
    const selected = proxyOf(work, { principal, chains }, technique);
    if (selected !== null) add(technique.id, selected);
  }
  for (const { id, selected } of newPrincipalWays(work.world, principal))
    add(id, { ...selected, ways: selected.ways.map(chains.localise) });
}

const requestOf = ({ arn }: AwsPrincipal, action: string) => ({ action, context: techniqueContext(action, arn.split(":")[1]!) });

interface Caller {
  readonly principal: AwsPrincipal;
  readonly chains: PrincipalChains;
}

const limitedBy = (selected: Selected, { conditions, way }: Limits, chains: PrincipalChains): Selected => ({
  ...selected,
  conditions: [...selected.conditions, ...conditions],
  ways: allWays(selected.ways, [chains.localise(way)]),
});

/** What it must stay to count as its own. */
function ownTargets(principal: AwsPrincipal, chains: PrincipalChains, { on }: SelfTechnique): { target: string; need: readonly Way[] }[] {
  if (on === "self") return [{ target: principal.arn, need: [[]] }];
  if (on === "ownGroup") return principal.groups.map((target) => ({ target, need: [[chains.membership(target)]] }));
  return principal.attached
    .filter((policy) => accountOfArn(policy) === principal.account)
    .map((target) => ({ target, need: [[chains.to(target)]] }));
}

/** Joining a group gains that group's grants; the joiner's own denies and boundary stay, so those make it conditional. */
function addGroupJoins({ draft, world }: SelfEscalation, { principal, chains }: Caller, technique: SelfTechnique): void {
  const { policies } = principal;
  const limits = remainingLimits(principal);
  const denies = policies.identity.some(({ policy }) => policy.denies.length > 0);
  const limited = denies || limits.conditions.length > 0;
  for (const group of world.groups.values()) {
    if (group.account !== principal.account || principal.groups.includes(group.arn) || group.policies.length === 0) continue;
    const selected = onResource(policies, [{ action: technique.action }], group.arn);
    if (selected === null) continue;
    const conditions = [...selected.conditions, ...(limited ? ["its own denies and boundary leave the group's grants in force"] : [])];
    draft.addNode(groupGrantsNode(group));
    draft.addEdge({
      from: principal.key,
      to: groupGrantsKey(group),
      kind: "CAN_ESCALATE_SELF",
      conditional: conditions.length > 0,
      level: null,
      why: resting(
        evidence(selected.facts, technique.id, conditions),
        allWays(selected.ways, [limits.way], [denies ? [openNeed] : []]).map(chains.localise),
      ),
    });
  }
}

export const groupGrantsKey = (group: AwsGroup): string => `resource:${group.arn}#grants`;
const groupGrantsNode = (group: AwsGroup) =>
  derivedNode(groupGrantsKey(group), `the grants of group ${group.arn.slice(group.arn.lastIndexOf("/") + 1)}`, { account: group.account });

/** Ways kept of each kind: the gain is the same account whichever target it is, and hardly a plan takes this many of them at once. */
const proxiesKept = 4;

/** A part of the proof, with what it rests on for this caller, and that again in words that are alike for targets alike. */
interface Part extends Selected {
  readonly kind: string;
}

const nothingMore: Part = { facts: [], conditions: [], ways: [[]], kind: "" };

function proxyOf(work: SelfEscalation, caller: Caller, technique: ProxyTechnique): Selected | null {
  const { principal } = caller;
  const actions = [...technique.onTarget, ...(technique.onItsPolicy === null ? [] : [technique.onItsPolicy])];
  if (!actions.every((action) => mayAllow(principal.policies, action))) return null;
  const found: Selected[] = [];
  const kept = new Map<string, number>();
  for (const { arn, selected } of targetsOf(principal, technique, work.classes.of(principal.account, technique.target))) {
    const target = work.world.byArn.get(arn)!;
    if (target.arn === principal.arn) continue;
    const through = throughTarget(work, caller, { target, selected, technique });
    if (through === null) continue;
    const known = kept.get(through.kind) ?? 0;
    kept.set(through.kind, known + 1);
    if (known < proxiesKept) found.push(through);
  }
  return bestOf(found);
}

function throughTarget(
  { chains: all }: SelfEscalation,
  caller: Caller,
  { target, selected, technique }: { target: AwsPrincipal; selected: Selected; technique: ProxyTechnique },
): Part | null {
  const parts = [
    { ...selected, ways: selected.ways.map(caller.chains.localise), kind: JSON.stringify(selected.ways) },
    technique.mustBeAssumable ? assumable(caller, target) : nothingMore,
    technique.onItsPolicy === null ? nothingMore : onPolicyOf(caller, all.of(target), { target, action: technique.onItsPolicy }),
  ].filter((part) => part !== null);
  if (parts.length < 3) return null;
  const limits = remainingLimits(target);
  const conditions = [...parts.flatMap((part) => part.conditions), ...limits.conditions];
  return {
    facts: parts.flatMap((part) => part.facts),
    conditions,
    ways: allWays(...parts.map((part) => part.ways), limits.way.length === 0 ? [[]] : [all.of(target).localise(limits.way)]),
    kind: [conditions.length > 0, ...parts.map((part) => part.kind)].join("\n"),
  };
}

function targetsOf(
  principal: AwsPrincipal,
  technique: ProxyTechnique,
  targets: ReturnType<PrincipalClasses["of"]>,
): { arn: string; selected: Selected }[] {
  const actions = technique.onTarget.map((action) => requestOf(principal, action));
  if (actions.length === 0) return targets.members.map((member) => ({ arn: member.arn, selected: nothingMore }));
  const selection = selectTargets(principal.policies, actions, targets);
  const everyone = selection.everyone;
  return everyone === null
    ? selection.some.map(({ member, selected }) => ({ arn: member.arn, selected }))
    : targets.members.map((member) => ({ arn: member.arn, selected: everyone }));
}

function assumable({ principal, chains }: Caller, role: AwsPrincipal): Part | null {
  const found = (role.trust === null ? [] : trustEntries(role.trust.policy)).flatMap((entry) => {
    const fact = { ref: role.arn, detail: `trust policy ${entry.statement.id} lets it in` };
    const { party } = entry;
    const named = party.kind === "principal" && party.arn === principal.arn;
    const itsAccount = party.kind === "account" && party.account === principal.account;
    if (!named && !itsAccount) return [];
    const opened = openedTo(entry, { arn: principal.arn, variables: principal.policies.variables });
    if (opened === null) return [];
    return (named ? admitted : delegated)(principal, { role, entry: opened }, fact) ?? [];
  });
  const best = bestOf(found);
  return best === null ? null : { ...best, ways: best.ways.map(chains.localise), kind: JSON.stringify(best.ways).replaceAll(role.arn, "") };
}

/** A policy of the target that the caller may rewrite: only those of its own account are anybody's to edit. */
function onPolicyOf(
  { principal, chains }: Caller,
  targetChains: PrincipalChains,
  { target, action }: { target: AwsPrincipal; action: string },
): Part | null {
  const found = target.attached
    .filter((policy) => accountOfArn(policy) === principal.account)
    .flatMap((policy) => {
      const selected = onResource(principal.policies, [{ action }], policy);
      if (selected === null) return [];
      return [
        {
          ...selected,
          kind: JSON.stringify(selected.ways),
          ways: allWays(selected.ways.map(chains.localise), [[targetChains.to(policy)]]),
        },
      ];
    });
  const best = bestOf(found);
  return best === null ? null : { ...best, kind: [...new Set(found.map((each) => each.kind))].sort().join("\n") };
}
