import type { GraphDraft } from "../draft.ts";
import { evidence } from "../edge-builder.ts";
import { accountOfArn } from "./arn.ts";
import { decide } from "./evaluate.ts";
import { remainingLimits, toAccount } from "./escalation-edges.ts";
import { derivedNode } from "../derived-node.ts";
import type { PrincipalClasses } from "./principal-classes.ts";
import { mayAllow, onResource, permits, selectTargets } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { proxyTechniques, selfTechniques, techniqueContext } from "./techniques.ts";
import type { ProxyTechnique, SelfTechnique } from "./techniques.ts";
import { trustEntries } from "./trust.ts";
import { isProtectedRole } from "./world.ts";
import type { AwsGroup, AwsPrincipal, AwsWorld } from "./world.ts";

export interface SelfEscalation {
  readonly draft: GraphDraft;
  readonly world: AwsWorld;
  readonly classes: PrincipalClasses;
  readonly accounts: ReadonlyMap<string, string>;
}

/** CAN_ESCALATE_SELF: the principal can give itself, or something it already is or may become, any permission. */
export function selfEscalationEdges(work: SelfEscalation, principal: AwsPrincipal): void {
  const account = work.accounts.get(principal.account);
  if (account === undefined || isProtectedRole(principal.arn)) return;
  const limits = remainingLimits(principal);
  for (const technique of selfTechniques) {
    if (technique.principal !== "any" && technique.principal !== principal.type) continue;
    if (!mayAllow(principal.policies, technique.action)) continue;
    if (technique.on === "anyGroup") {
      addGroupJoins(work, principal, technique);
      continue;
    }
    const selected = bestOf(
      ownTargets(principal, technique).flatMap(
        (target) => onResource(principal.policies, [requestOf(principal, technique.action)], target) ?? [],
      ),
    );
    if (selected !== null)
      toAccount(
        work.draft,
        { from: principal.key, account, technique: technique.id },
        { ...selected, conditions: [...selected.conditions, ...limits] },
      );
  }
  for (const technique of proxyTechniques) {
    const selected = proxyOf(work, principal, technique);
    if (selected !== null) toAccount(work.draft, { from: principal.key, account, technique: technique.id }, selected);
  }
}

const requestOf = ({ arn }: AwsPrincipal, action: string) => ({ action, context: techniqueContext(action, arn.split(":")[1]!) });

function ownTargets(principal: AwsPrincipal, { on }: SelfTechnique): readonly string[] {
  if (on === "self") return [principal.arn];
  if (on === "ownGroup") return principal.groups;
  return principal.attached.filter((policy) => accountOfArn(policy) === principal.account);
}

const bestOf = (found: readonly Selected[]): Selected | null =>
  found.find((selected) => selected.conditions.length === 0) ?? found[0] ?? null;

/** Joining a group gains that group's grants; the joiner's own denies and boundary stay, so those make it conditional. */
function addGroupJoins({ draft, world }: SelfEscalation, principal: AwsPrincipal, technique: SelfTechnique): void {
  const { policies } = principal;
  const limited = policies.identity.some(({ policy }) => policy.denies.length > 0) || remainingLimits(principal).length > 0;
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
      why: evidence(selected.facts, technique.id, conditions),
    });
  }
}

export const groupGrantsKey = (group: AwsGroup): string => `resource:${group.arn}#grants`;
const groupGrantsNode = (group: AwsGroup) =>
  derivedNode(groupGrantsKey(group), `the grants of group ${group.arn.slice(group.arn.lastIndexOf("/") + 1)}`, { account: group.account });

/** The first certain target is proof enough: the gain is the same account whichever it is. */
function proxyOf({ world, classes }: SelfEscalation, principal: AwsPrincipal, technique: ProxyTechnique): Selected | null {
  const { policies } = principal;
  const actions = [...technique.onTarget, ...(technique.onItsPolicy === null ? [] : [technique.onItsPolicy])];
  if (!actions.every((action) => mayAllow(policies, action))) return null;
  const targets = classes.of(principal.account, technique.target);
  const members = targetsOf(principal, technique, targets);
  let best: Selected | null = null;
  for (const { arn, selected } of members) {
    const target = world.byArn.get(arn)!;
    if (target === principal) continue;
    const parts = [
      selected,
      ...(technique.mustBeAssumable ? [assumable(principal, target)] : []),
      ...(technique.onItsPolicy === null ? [] : [onPolicyOf(principal, target, technique.onItsPolicy)]),
    ];
    if (parts.some((part) => part === null)) continue;
    const conditions = [...parts.flatMap((part) => part!.conditions), ...remainingLimits(target)];
    if (best === null || conditions.length < best.conditions.length) best = { facts: parts.flatMap((part) => part!.facts), conditions };
    if (conditions.length === 0) break;
  }
  return best;
}

function targetsOf(
  principal: AwsPrincipal,
  technique: ProxyTechnique,
  targets: ReturnType<PrincipalClasses["of"]>,
): { arn: string; selected: Selected }[] {
  const actions = technique.onTarget.map((action) => requestOf(principal, action));
  if (actions.length === 0) return targets.members.map((member) => ({ arn: member.arn, selected: { facts: [], conditions: [] } }));
  const selection = selectTargets(principal.policies, actions, targets);
  const everyone = selection.everyone;
  return everyone === null
    ? selection.some.map(({ member, selected }) => ({ arn: member.arn, selected }))
    : targets.members.map((member) => ({ arn: member.arn, selected: everyone }));
}

function assumable(principal: AwsPrincipal, role: AwsPrincipal): Selected | null {
  const verdict = decide(principal.policies, { action: "sts:AssumeRole", resource: role.arn });
  if (verdict.decision === "explicitly_denied") return null;
  for (const { party, conditions, statement } of role.trust === null ? [] : trustEntries(role.trust.policy)) {
    const facts = [{ ref: role.arn, detail: `trust policy ${statement.id} lets it in` }];
    if (party.kind === "principal" && party.arn === principal.arn && (permits(verdict) || principal.policies.ceilings.length === 0))
      return { facts, conditions };
    if (party.kind === "account" && party.account === principal.account && permits(verdict))
      return { facts, conditions: [...conditions, ...verdict.conditions] };
  }
  return null;
}

const onPolicyOf = (principal: AwsPrincipal, target: AwsPrincipal, action: string): Selected | null =>
  bestOf(
    target.attached
      .filter((policy) => accountOfArn(policy) === principal.account)
      .flatMap((policy) => onResource(principal.policies, [{ action }], policy) ?? []),
  );
