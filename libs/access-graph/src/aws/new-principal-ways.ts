import { unhindered } from "./admitted.ts";
import { bestOf, remainingLimits } from "./escalation-edges.ts";
import { lowerAction } from "./action-name.ts";
import { witnessOf } from "./glob.ts";
import { mayAllow, onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { newPrincipalTechniques, techniqueContext } from "./techniques.ts";
import type { NewPrincipalTechnique } from "./techniques.ts";
import { expandVariables } from "./variables.ts";
import { allWays } from "../ways.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** Make a principal that is administrator, and use it: by technique. What limits the caller itself does not limit the new one; organisations do. */
export function newPrincipalWays(world: AwsWorld, principal: AwsPrincipal): { readonly id: string; readonly selected: Selected }[] {
  return newPrincipalTechniques.flatMap((technique) => {
    const { policies } = principal;
    if (!mayAllow(policies, technique.create) || !technique.grant.some((action) => mayAllow(policies, action))) return [];
    const found = namesFor(principal, technique)
      .filter((name) => !world.byArn.has(name))
      .flatMap((name) => madeAs(principal, technique, name));
    const selected = bestOf(found);
    return selected === null ? [] : [{ id: technique.id, selected }];
  });
}

function madeAs(principal: AwsPrincipal, { create, grant, use, type }: NewPrincipalTechnique, name: string): Selected[] {
  const partition = name.split(":")[1]!;
  const request = (action: string) => ({ action, context: techniqueContext(action, partition) });
  const { conditions, way } = remainingLimits(freshOf(principal));
  // Its trust policy names the caller; only denies and limits can keep that from assuming it.
  const entry =
    type === "role" ? unhindered(principal, name, principal.type === "role" ? "as_role" : "direct") : { conditions: [], way: [] };
  if (entry === null) return [];
  return grant.flatMap((action) =>
    (use.length === 0 ? [[]] : use.map((each) => [each])).flatMap((last) => {
      const made = onResource(principal.policies, [create, action, ...last].map(request), name);
      if (made === null) return [];
      return [
        {
          ...made,
          conditions: [...new Set([...made.conditions, ...entry.conditions, ...conditions])],
          ways: allWays(made.ways, [entry.way], [way]),
        },
      ];
    }),
  );
}

/** What stays of its limits for somebody new in the account. */
const freshOf = (principal: AwsPrincipal): AwsPrincipal => ({
  ...principal,
  boundaries: [],
  policies: { ...principal.policies, ceilings: principal.policies.ceilings.filter((ceiling) => !principal.boundaries.includes(ceiling)) },
});

/** Names that the allows speak of, and one that nobody speaks of. */
function namesFor({ arn, account, policies }: AwsPrincipal, { create, grant, type }: NewPrincipalTechnique): readonly string[] {
  const prefix = `arn:${arn.split(":")[1]}:iam::${account}:${type}/`;
  const patterns = [create, ...grant].flatMap((action) =>
    policies.identity.flatMap(({ policy }) => policy.matching(lowerAction(action)).allows.flatMap(({ resources }) => resources)),
  );
  const named = patterns
    .map((pattern) => witnessOf(expandVariables(pattern, policies.variables)))
    .filter((name) => name.startsWith(prefix));
  return [...new Set([`${prefix}any`, ...named])];
}
