import { allWays } from "../ways.ts";
import { accountOfArn } from "./arn.ts";
import { becoming } from "./become.ts";
import { describeCondition } from "./condition.ts";
import type { NamedPolicy } from "./evaluate.ts";
import { coversPattern } from "./glob.ts";
import type { Guise } from "./guises.ts";
import type { CompiledStatement } from "./policy.ts";
import { escalate } from "./self-escalation.ts";
import type { Caller, SelfEscalation } from "./self-escalation.ts";
import { mayAllow, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { versionTechnique } from "./techniques.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

const action = "iam:SetDefaultPolicyVersion";

/** Putting another version of a policy in force: on the caller itself, or on somebody it may become. */
export function policyVersionEdges(work: SelfEscalation, caller: Caller): void {
  const { principal, chains } = caller;
  if (!mayAllow(principal.policies, action)) return;
  for (const [policy, versions] of work.world.versions) {
    const chosen = accountOfArn(policy) === principal.account ? onResource(principal.policies, [{ action }], policy) : null;
    if (chosen === null) continue;
    const own = { ...chosen, ways: chosen.ways.map(chains.localise) };
    for (const target of holdersOf(work, policy)) {
      const holder = target.arn === principal.arn ? caller : { principal: target, chains: work.chains.of(target) };
      const become = target.arn === principal.arn ? itself : becoming(work.world, caller, { target, hasKeyRoom: hasKeyRoom(work, target) });
      if (become === null) continue;
      for (const version of versions) {
        if (!givesMore(holder.principal, { policy, version })) continue;
        const selected = {
          facts: [...own.facts, { ref: policy, detail: `${nameOf(version)} may be put in force` }, ...become.facts],
          conditions: [...own.conditions, ...become.conditions],
          ways: allWays(own.ways, become.ways, [[holder.chains.to(policy)]]),
        };
        const to = work.guises.enter(underVersion(holder, { policy, version }));
        escalate(work.draft, { from: principal.key, to, technique: versionTechnique }, selected);
      }
    }
  }
}

/** What its versions would make of a principal, so that what only they name is known too. */
export const versionsFor = (
  { versions }: AwsWorld,
  principal: AwsPrincipal,
): readonly { readonly under: AwsPrincipal; readonly policy: string }[] =>
  principal.attached.flatMap((policy) =>
    (versions.get(policy) ?? []).map((version) => ({
      policy,
      under: { ...principal, key: version.ref, policies: { ...principal.policies, identity: [version], ceilings: [] } },
    })),
  );

const itself: Selected = { facts: [], conditions: [], ways: [[]] };

/** By policy: who has it, for policies with more than one version. */
const holders = new WeakMap<SelfEscalation["world"], ReadonlyMap<string, readonly AwsPrincipal[]>>();

function holdersOf({ world }: SelfEscalation, policy: string): readonly AwsPrincipal[] {
  let known = holders.get(world);
  if (known === undefined) {
    const made = new Map<string, AwsPrincipal[]>([...world.versions.keys()].map((each) => [each, []]));
    for (const principal of world.principals) for (const attached of principal.attached) made.get(attached)?.push(principal);
    holders.set(world, (known = made));
  }
  return known.get(policy) ?? [];
}

const hasKeyRoom = ({ classes }: SelfEscalation, target: AwsPrincipal): boolean =>
  classes.of(target.account, "usersWithKeyRoom").index.has(target.arn);

const nameOf = ({ ref }: NamedPolicy): string => ref.slice(ref.lastIndexOf("#") + 1).replace("/", " ");

interface Choice {
  readonly policy: string;
  readonly version: NamedPolicy;
}

/** The principal with the version in the place of the one in force. */
function underVersion({ principal, chains }: Caller, { policy, version }: Choice): Guise {
  const name = principal.arn.slice(principal.arn.lastIndexOf(":") + 1);
  const rest = principal.policies.identity.filter(({ ref }) => ref !== policy);
  return {
    principal: {
      ...principal,
      key: `resource:${principal.arn}#under/${version.ref}`,
      signature: `${principal.signature}\nunder ${version.ref}`,
      policies: { ...principal.policies, identity: [...rest, version] },
    },
    chains: chains.supposing(version.ref, policy),
    label: `${name} under ${nameOf(version)} of ${policy.slice(policy.lastIndexOf("/") + 1)}`,
    isRaised: false,
  };
}

/**
 * False only when whatever the version allows is allowed by the one in force, and it forbids no less. What other policies allow is not asked:
 * a version may come to give more once they are gone, and a change to them could then not be followed on the graph.
 */
function givesMore({ policies }: AwsPrincipal, { policy, version }: Choice): boolean {
  const current = policies.identity.find(({ ref }) => ref === policy)?.policy;
  if (current === undefined || current === version.policy) return current === undefined;
  return (
    version.policy.allows.some((statement) => !current.allows.some((other) => covers(other, statement))) ||
    current.denies.some((statement) => !version.policy.denies.some((other) => covers(other, statement)))
  );
}

/** Whatever the second statement speaks of, the first does too. */
function covers(wide: CompiledStatement, narrow: CompiledStatement): boolean {
  const isSame = (key: "notActions" | "notResources"): boolean => JSON.stringify(wide[key]) === JSON.stringify(narrow[key]);
  const conditions = new Set(narrow.conditions.map(describeCondition));
  return (
    isSame("notActions") &&
    isSame("notResources") &&
    narrow.actions.every((pattern) => wide.actions.some((other) => coversPattern(other, pattern))) &&
    narrow.resources.every((pattern) => wide.resources.some((other) => coversPattern(other, pattern))) &&
    wide.conditions.every((condition) => conditions.has(describeCondition(condition)))
  );
}
