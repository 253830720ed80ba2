import { allWays } from "../ways.ts";
import { lowerAction } from "./action-name.ts";
import { shapesOf, sharedKind } from "./action-shapes.ts";
import { bestOf } from "./best-of.ts";
import { commonText } from "./common-text.ts";
import type { NamedPolicy, PolicySet } from "./evaluate.ts";
import type { CompiledStatement } from "./policy.ts";
import { withOnly } from "./support.ts";
import { onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { patternsOf, witnessesIn } from "./witnesses.ts";

/**
 * Can the actions be done on things that the account may have? A witness made from an allow's own pattern proves it. Actions on one kind of
 * thing are done on the same one: what is made is what is run.
 */
export function onSomething(policies: PolicySet, actions: readonly string[], account: string): Selected | null {
  const partition = policies.variables.get("aws:principalarn")?.[0]?.split(":")[1] ?? "aws";
  const found: Selected[] = [];
  for (const together of Map.groupBy(actions, (action) => sharedKind(action) ?? action).values())
    for (const shapes of shapesOf(together[0]!, { partition, account })) {
      const all = together.flatMap((action) => shapesOf(action, { partition, account }).flat());
      const some = someWitness(policies, together, together.length === 1 ? shapes : [...new Set(all)]);
      if (some === null) return null;
      found.push(some);
    }
  return {
    // An action on several kinds of things says the same of each.
    facts: [...new Map(found.flatMap(({ facts }) => facts.map((fact) => [`${fact.ref}\n${fact.detail}`, fact]))).values()],
    conditions: [...new Set(found.flatMap(({ conditions }) => conditions))],
    ways: allWays(...found.map(({ ways }) => ways)),
  };
}

/** Statement by statement, so that what one of them proves does not depend on the others; several actions are asked about together. */
function someWitness(policies: PolicySet, actions: readonly string[], shapes: readonly string[]): Selected | null {
  const requests = actions.map((action) => ({ action }));
  const found: Selected[] = [];
  const within = witnessesIn(policies, actions, shapes);
  for (const { named, statement, action } of allowsOf(policies, actions)) {
    const asked = actions.length === 1 ? withOnly(policies, named, statement) : policies;
    for (const resource of witnessesOf(policies, statement, { shapes, within, others: actions.filter((each) => each !== action) })) {
      const selected = onResource(asked, requests, resource);
      if (selected === null) continue;
      found.push(selected);
      if (selected.conditions.length === 0) break;
    }
  }
  return bestOf(found);
}

interface AllowOf {
  readonly action: string;
  readonly named: NamedPolicy;
  readonly statement: CompiledStatement;
}

const allowsOf = (policies: PolicySet, actions: readonly string[]): readonly AllowOf[] =>
  actions.flatMap((action) =>
    policies.identity.flatMap((named) =>
      named.policy.matching(lowerAction(action)).allows.map((statement): AllowOf => ({ action, named, statement })),
    ),
  );

type Within = ReturnType<typeof witnessesIn>;

/** Things of these shapes that the statement speaks of; also those that one for another action speaks of as well. */
function* witnessesOf(
  policies: PolicySet,
  statement: CompiledStatement,
  { shapes, within, others }: { readonly shapes: readonly string[]; readonly within: Within; readonly others: readonly string[] },
): Generator<string, void> {
  const patterns = patternsOf(statement, policies.variables);
  for (const pattern of patterns) yield* within(pattern);
  if (others.length === 0) return;
  const theirs = new Set(allowsOf(policies, others).flatMap((other) => patternsOf(other.statement, policies.variables)));
  for (const pattern of patterns)
    for (const other of theirs) {
      const both = pattern === other ? null : commonText(pattern, other);
      if (both !== null && shapes.some((shape) => commonText(both, shape) !== null)) yield both;
    }
}
