import { allTrue } from "../condition.ts";
import type { Effect } from "../condition.ts";
import type { CompiledPolicy, CompiledStatement } from "../policy.ts";
import { both, not } from "./request-facts.ts";
import type { RequestFacts, Truth } from "./request-facts.ts";
import { anyText } from "./text-pattern.ts";

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
  // Only where a statement stands on the resource itself it need not name one; elsewhere nobody knows what it would forbid.
  if (resourcePatterns === null) resource = isResource ? "yes" : effect === "Deny" ? "maybe" : "no";
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
  if (patterns[0] === anyText) return "yes";
  let result: Truth = "no";
  for (let at = 0; at < patterns.length; at++) {
    const truth = patterns[at]!(resource, facts, unresolved);
    if (truth === "yes") return "yes";
    if (truth === "maybe") result = "maybe";
  }
  return result;
}

export function layerAnswer(layer: readonly NamedPolicy[], ask: Ask): LayerAnswer {
  if (layer.length === 1) return policyAnswer(layer[0]!, ask);
  let answer = silent;
  for (let at = 0; at < layer.length; at++) answer = joined(answer, policyAnswer(layer[at]!, ask));
  return answer;
}

const silent: LayerAnswer = { allow: "no", deny: "no", allowBy: null, denyBy: null };

/** Runs for every decision of a graph: plain loops, and no object unless some statement speaks. */
export function policyAnswer({ ref, policy }: NamedPolicy, ask: Ask): LayerAnswer {
  const { allows, denies } = policy.matching(ask.action);
  const deny = strongest(denies, ask);
  const allow = strongest(allows, ask);
  if (deny === null && allow === null) return silent;
  return {
    allow: allow === null ? "no" : allow.truth,
    deny: deny === null ? "no" : deny.truth,
    allowBy: allow === null ? null : { ref, statement: allow.statement },
    denyBy: deny === null ? null : { ref, statement: deny.statement },
  };
}

interface Strongest {
  readonly truth: Truth;
  readonly statement: CompiledStatement;
}

/** The first statement that applies for certain, else the first that may. */
function strongest(statements: readonly CompiledStatement[], ask: Ask): Strongest | null {
  let open: Strongest | null = null;
  for (let at = 0; at < statements.length; at++) {
    const statement = statements[at]!;
    const truth = statementTruth(statement, ask);
    if (truth === "yes") return { truth, statement };
    if (truth === "maybe") open ??= { truth, statement };
  }
  return open;
}

function joined(a: LayerAnswer, b: LayerAnswer): LayerAnswer {
  if (a === silent) return b;
  if (b === silent) return a;
  const allowFirst = a.allow === "yes" || b.allow === "no" || (a.allow === "maybe" && b.allow === "maybe");
  const denyFirst = a.deny === "yes" || b.deny === "no" || (a.deny === "maybe" && b.deny === "maybe");
  return {
    allow: allowFirst ? a.allow : b.allow,
    deny: denyFirst ? a.deny : b.deny,
    allowBy: allowFirst ? a.allowBy : b.allowBy,
    denyBy: denyFirst ? a.denyBy : b.denyBy,
  };
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
