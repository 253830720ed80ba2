import { lowerAction } from "./action-name.ts";
import { commonPattern, commonText } from "./common-text.ts";
import type { PolicySet } from "./evaluate.ts";
import type { CompiledStatement } from "./policy.ts";
import { expandVariables } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

/** Patterns kept while limits narrow them down: each limit may name several. */
const patternsKept = 64;

/** What a statement names, with what is known of the principal put in. */
export const patternsOf = ({ notResources, resources }: CompiledStatement, variables: PrincipalVariables): readonly string[] =>
  notResources === null ? resources.map((pattern) => expandVariables(pattern, variables)) : everything;

const everything: readonly string[] = ["*"];

/**
 * Names of the shapes within a pattern of the principal's own: the pattern's by itself, and within what boundaries, organisation policies
 * and denies leave of it. Whether a name is really allowed is still to be asked.
 */
export function witnessesIn(
  policies: PolicySet,
  actions: readonly string[],
  shapes: readonly string[],
): (pattern: string) => readonly string[] {
  const limits = limitsOn(policies, actions);
  return (pattern) => {
    const found = new Set<string>();
    for (const shape of shapes) {
      const own = commonText(pattern, shape);
      if (own === null) continue;
      found.add(own);
      for (const narrow of narrowed([pattern, shape], limits)) {
        const text = commonText(narrow, shape);
        if (text !== null) found.add(text);
      }
    }
    return [...found];
  };
}

/** Per limit the patterns of which one must be met; limits that leave everything are none. */
function limitsOn({ identity, ceilings, variables }: PolicySet, actions: readonly string[]): readonly (readonly string[])[] {
  const limits: (readonly string[])[] = [];
  for (const action of actions.map(lowerAction)) {
    for (const { policy } of ceilings) limits.push(policy.matching(action).allows.flatMap((allow) => patternsOf(allow, variables)));
    for (const { policy } of [...identity, ...ceilings])
      for (const { notResources, conditions } of policy.matching(action).denies)
        if (notResources !== null)
          limits.push([
            ...notResources.map((pattern) => expandVariables(pattern, variables)),
            // It may not apply.
            ...(conditions.length > 0 ? everything : []),
          ]);
  }
  const distinct = new Map(limits.map((patterns) => [patterns.join("\n"), patterns]));
  return [...distinct.values()].filter((patterns) => !patterns.every((pattern) => pattern === "*"));
}

function narrowed([pattern, shape]: readonly [string, string], limits: readonly (readonly string[])[]): readonly string[] {
  if (limits.length === 0) return [];
  const first = commonPattern(pattern, shape);
  let kept: readonly string[] = first === null ? [] : [first];
  for (const patterns of limits) {
    const next = new Set(kept.flatMap((each) => patterns.flatMap((limit) => commonPattern(limit, each) ?? [])));
    kept = [...next].slice(0, patternsKept);
  }
  return kept;
}
