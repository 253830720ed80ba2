import { allWays } from "../ways.ts";
import type { AttachablePolicies } from "./attachable-policies.ts";
import { unhindered } from "./admitted.ts";
import { bestOf } from "./best-of.ts";
import { lowerAction } from "./action-name.ts";
import { run } from "./common-text.ts";
import { gain } from "./self-escalation.ts";
import type { Caller, SelfEscalation } from "./self-escalation.ts";
import { mayAllow, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { newPrincipalTechniques, techniqueRequest } from "./techniques.ts";
import type { NewPrincipalTechnique } from "./techniques.ts";
import { patternsOf, witnessesIn } from "./witnesses.ts";
import type { AwsPrincipal } from "./world.ts";

/**
 * Make a principal that is administrator, and use it. What limits the caller itself does not limit the new one; organisations do. Through a
 * group of its making the caller has what its own limits leave, which is nothing new to whoever has every permission.
 */
export function newPrincipalEdges(work: SelfEscalation, { principal, chains }: Caller, isRaised: boolean): void {
  for (const technique of newPrincipalTechniques) {
    const { policies } = principal;
    if (technique.type === "group" && (isRaised || principal.type !== "user")) continue;
    if (!mayAllow(policies, technique.create) || !technique.grant.some((action) => mayAllow(policies, action))) continue;
    const found = namesFor(principal, technique)
      .filter((name) => !work.world.byArn.has(name) && !work.world.groups.has(name))
      .flatMap((name) => madeAs({ principal, attachable: work.world.attachable }, technique, name));
    const selected = bestOf(found);
    if (selected === null) continue;
    const power = work.powers.of(technique.type === "group" ? principal : freshOf(principal, technique.type), chains);
    const [guise, further] = power.kind === "guise" ? [power.guise, { conditions: [], ways: [[]] }] : [null, power];
    gain(
      work,
      { principal, technique: technique.id },
      {
        guise,
        selected: {
          ...selected,
          conditions: [...selected.conditions, ...further.conditions],
          ways: allWays(selected.ways.map(chains.localise), further.ways),
        },
      },
    );
  }
}

function madeAs(
  { principal, attachable }: { readonly principal: AwsPrincipal; readonly attachable: AttachablePolicies },
  { create, grant, use, type }: NewPrincipalTechnique,
  name: string,
): Selected[] {
  // Its trust policy names the caller; only denies and limits can keep that from assuming it.
  const entry =
    type === "role" ? unhindered(principal, name, principal.type === "role" ? "as_role" : "direct") : { conditions: [], way: [] };
  if (entry === null) return [];
  return grant.flatMap((action) =>
    (use.length === 0 ? [[]] : use.map((each) => [each])).flatMap((last) => {
      const requests = [create, action, ...last].map((each) => techniqueRequest(each, principal, attachable));
      const made = onResource(principal.policies, requests, name);
      if (made === null) return [];
      return [{ ...made, conditions: [...new Set([...made.conditions, ...entry.conditions])], ways: allWays(made.ways, [entry.way]) }];
    }),
  );
}

/** Somebody new in the account, whom only its organisation limits. */
function freshOf({ arn, account, boundaries, policies }: AwsPrincipal, type: AwsPrincipal["type"]): AwsPrincipal {
  const name = `arn:${arn.split(":")[1]}:iam::${account}:${type}/anybody new`;
  return {
    key: `resource:${name}`,
    arn: name,
    account,
    type,
    hasPassword: null,
    boundaries: [],
    signature: `${account}\nsomebody new`,
    groups: [],
    attached: [],
    directPolicies: [],
    trust: null,
    policies: {
      identity: [],
      ceilings: policies.ceilings.filter((ceiling) => !boundaries.includes(ceiling)),
      unknownCeilings: policies.unknownCeilings,
      variables: new Map(),
    },
  };
}

/** Names that the allows speak of within what limits leave, and one that nobody speaks of. */
function namesFor({ arn, account, policies }: AwsPrincipal, { create, grant, use, type }: NewPrincipalTechnique): readonly string[] {
  const prefix = `arn:${arn.split(":")[1]}:iam::${account}:${type}/`;
  const patterns = new Set(
    [create, ...grant].flatMap((action) =>
      policies.identity.flatMap(({ policy }) =>
        policy.matching(lowerAction(action)).allows.flatMap((allow) => patternsOf(allow, policies.variables)),
      ),
    ),
  );
  // What one limit lets it grant another name may be granted by another action: each combination has names of its own.
  const together = grant.flatMap((granting) => (use.length === 0 ? [[granting]] : use.map((using) => [granting, using])));
  const named = together.flatMap((actions) => {
    const within = witnessesIn(policies, [create, ...actions], [`${prefix}${run}`]);
    return [...patterns].flatMap((pattern) => within(pattern));
  });
  return [...new Set([`${prefix}any`, ...named])];
}
