import { derivedNode } from "../derived-node.ts";
import { allWays } from "../ways.ts";
import type { Guise } from "./guises.ts";
import { hasEverything } from "./account-edges.ts";
import { isUnlimited } from "./raised-powers.ts";
import { escalate } from "./self-escalation.ts";
import type { Caller, SelfEscalation } from "./self-escalation.ts";
import { mayAllow, onResource } from "./target-class.ts";
import { newPrincipalTechniques, proxyTechniques, selfTechniques } from "./techniques.ts";
import type { AwsGroup } from "./world.ts";

/** Joining a group gains that group's grants, of which the joiner's own denies and limits leave what they leave. */
export function joinEdges(work: SelfEscalation, caller: Caller, technique: string): void {
  const { principal, chains } = caller;
  for (const group of joinableGroups(work, caller)) {
    const selected = group.policies.length === 0 ? null : onResource(principal.policies, [{ action: joinAction }], group.arn);
    if (selected === null) continue;
    const to = isUnlimited(principal) && !leadsOn(group) ? groupGrants(work, group) : work.guises.enter(asMember(work, caller, group));
    escalate(work.draft, { from: principal.key, to, technique }, { ...selected, ways: allWays(selected.ways.map(chains.localise)) });
  }
}

export const joinAction = "iam:AddUserToGroup";

/** Groups that the principal is not in and may come into; each is still to be asked about. */
export const joinableGroups = ({ world }: SelfEscalation, { principal }: Caller): readonly AwsGroup[] =>
  mayAllow(principal.policies, joinAction)
    ? (world.groupsOfAccount.get(principal.account) ?? []).filter(({ arn }) => !principal.groups.includes(arn))
    : [];

export const groupGrantsKey = (group: AwsGroup): string => `resource:${group.arn}#grants`;

/** One node for whoever joins without limits of its own. */
const groupGrants = ({ draft }: SelfEscalation, group: AwsGroup): string =>
  draft.addNode(derivedNode(groupGrantsKey(group), `the grants of group ${nameOf(group)}`, { account: group.account }));

/** What its members may change about themselves, or whom they may become, depends on who they are. */
const leadsOn = ({ policies }: AwsGroup): boolean =>
  !hasEverything(policies) &&
  personal.some((action) => policies.some(({ policy }) => policy.matching(action.toLowerCase()).allows.length > 0));

const personal = [
  "sts:AssumeRole",
  ...selfTechniques.map(({ action }) => action),
  ...proxyTechniques.flatMap(({ onTarget, onItsPolicy }) => [...onTarget, ...(onItsPolicy === null ? [] : [onItsPolicy])]),
  ...newPrincipalTechniques.map(({ create }) => create),
];

const nameOf = ({ arn }: AwsGroup): string => arn.slice(arn.lastIndexOf("/") + 1);

/** Who a principal is once it is in the group. */
export function asMember({ chains: all }: SelfEscalation, { principal, chains }: Caller, group: AwsGroup): Guise {
  const own = new Set(principal.policies.identity.map(({ ref }) => ref));
  const gained = group.policies.filter(({ ref }) => !own.has(ref));
  // A policy that the joiner has already counts as the group has it: of an administrator's own only what is beside everything is looked at.
  const ofGroup = new Set(group.policies.map(({ ref }) => ref));
  const kept = principal.policies.identity.filter(({ ref }) => !ofGroup.has(ref));
  return {
    principal: {
      ...principal,
      key: `resource:${principal.arn}#in/${group.arn.slice(group.arn.indexOf("/") + 1)}`,
      signature: [principal.signature, `in ${group.arn}`, gained.some(({ policy }) => policy.hasVariables) ? principal.arn : ""].join("\n"),
      groups: [...principal.groups, group.arn],
      policies: { ...principal.policies, identity: [...kept, ...group.policies] },
    },
    chains: chains.joining(group.arn, all.ofGroup(group.key, principal)),
    label: `${principal.arn.slice(principal.arn.lastIndexOf(":") + 1)} as a member of ${nameOf(group)}`,
    isRaised: false,
    leadsNowhere: !leadsOn(group) && !hasEverything(group.policies),
  };
}
