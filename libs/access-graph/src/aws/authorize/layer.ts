import { allTrue } from "../condition.ts";
import type { Effect } from "../condition.ts";
import type { CompiledPolicy, CompiledStatement } from "../policy.ts";
import { both, either, not } from "./request-facts.ts";
import type { RequestFacts, Truth } from "./request-facts.ts";

/** A document with the ref it is known by. */
export interface NamedPolicy {
  readonly ref: string;
  readonly policy: CompiledPolicy;
}

/** A statement and the policy it stands in. */
export interface Cited {
  readonly ref: string;
  readonly statement: CompiledStatement;
}

/** A request as statements see it. */
export interface Ask {
  /** Lower case. */
  readonly action: string;
  readonly resource: string;
  readonly facts: RequestFacts;
}

/** What several policies that add up to one say. `by` is the first statement of the strongest kind found. */
export interface LayerAnswer {
  readonly allow: Truth;
  readonly deny: Truth;
  readonly allowBy: Cited | null;
  readonly denyBy: Cited | null;
}

/** For a statement whose actions are known to match. */
export function statementTruth(
  { effect, notResources, resourcePatterns, conditions }: CompiledStatement,
  ask: Ask,
  isResource = false,
): Truth {
  let resource: Truth;
  if (resourcePatterns === null) resource = isResource ? "yes" : "no";
  else if (notResources === null) resource = anyMatches(resourcePatterns, ask, "no");
  else resource = not(anyMatches(resourcePatterns, ask, effect === "Allow" ? "yes" : "no"));
  if (resource === "no" || conditions.length === 0) return resource;
  return both(resource, allTrue(conditions, ask.facts, effect));
}

function anyMatches(
  patterns: NonNullable<CompiledStatement["resourcePatterns"]>,
  { resource, facts }: Ask,
  unresolved: "yes" | "no",
): Truth {
  let result: Truth = "no";
  for (const pattern of patterns) {
    result = either(result, pattern(resource, facts, unresolved));
    if (result === "yes") return "yes";
  }
  return result;
}

export function layerAnswer(layer: readonly NamedPolicy[], ask: Ask): LayerAnswer {
  let [allow, deny]: [Truth, Truth] = ["no", "no"];
  let [allowBy, denyBy]: [Cited | null, Cited | null] = [null, null];
  for (const { ref, policy } of layer) {
    const matching = policy.matching(ask.action);
    for (const statement of matching.denies) {
      if (deny === "yes") break;
      const truth = statementTruth(statement, ask);
      if (truth === "no" || truth === deny) continue;
      [deny, denyBy] = [truth, { ref, statement }];
    }
    for (const statement of matching.allows) {
      if (allow === "yes") break;
      const truth = statementTruth(statement, ask);
      if (truth === "no" || truth === allow) continue;
      [allow, allowBy] = [truth, { ref, statement }];
    }
  }
  return { allow, deny, allowBy, denyBy };
}

/** Every statement of the effect that applies, or may. */
export function citedBy(layer: readonly NamedPolicy[], ask: Ask, effect: Effect): (Cited & { readonly truth: Truth })[] {
  return layer.flatMap(({ ref, policy }) => {
    const matching = policy.matching(ask.action);
    return (effect === "Deny" ? matching.denies : matching.allows).flatMap((statement) => {
      const truth = statementTruth(statement, ask);
      return truth === "no" ? [] : [{ ref, statement, truth }];
    });
  });
}
