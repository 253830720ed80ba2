import { operators, parseOperator } from "./authorize/operators.ts";
import type { Operator, OperatorName } from "./authorize/operators.ts";
import { both, either, not, valuesOf } from "./authorize/request-facts.ts";
import type { RequestFacts, Truth } from "./authorize/request-facts.ts";
import { parseBoolean } from "./authorize/typed-values.ts";

export { noContext } from "./authorize/request-facts.ts";
export type { RequestContext, RequestFacts, Truth } from "./authorize/request-facts.ts";

/** A condition as the document writes it. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What is doubtful grants nothing: it fails an allow and meets a deny. */
export type Effect = "Allow" | "Deny";

export interface CompiledCondition extends Condition {
  readonly truth: (facts: RequestFacts, effect: Effect) => Truth;
}

export const describeCondition = (condition: Condition): string =>
  [condition.operator, condition.key, condition.values.join(" or ")].filter((word) => word !== "").join(" ");

export function allTrue(conditions: readonly CompiledCondition[], facts: RequestFacts, effect: Effect): Truth {
  let result: Truth = "yes";
  for (const condition of conditions) {
    result = both(result, condition.truth(facts, effect));
    if (result === "no") return "no";
  }
  return result;
}

/** `variables`: whether the document's version knows policy variables. */
export function compileCondition(condition: Condition, variables: boolean): CompiledCondition {
  const parsed = parseOperator(condition.operator);
  const operator = parsed === null ? undefined : operators.get(parsed.name);
  const key = condition.key.toLowerCase();
  const accepts = parsed?.name === "null" ? isBoolean : operator?.accepts;
  // Nobody knows what comes of an operator that does not exist, nor of values that it cannot read, nor of none.
  if (parsed === null || accepts === undefined || condition.values.length === 0 || !condition.values.every(accepts))
    return { ...condition, truth: (facts, effect) => (facts.complete ? doubtful(effect) : "maybe") };
  if (operator === undefined) return { ...condition, truth: nullTruth(key, condition.values) };
  return { ...condition, truth: truthOf(key, { operator, parsed }, operator.test(condition.values, variables)) };
}

const isBoolean = (value: string): boolean => parseBoolean(value) !== null;

const doubtful = (effect: Effect): Truth => (effect === "Deny" ? "yes" : "no");

/** `Null: true` = the key must be absent. */
function nullTruth(key: string, values: readonly string[]): CompiledCondition["truth"] {
  const wanted = values.map(parseBoolean);
  return (facts) => {
    const actual = valuesOf(facts, key);
    return actual === undefined ? "maybe" : wanted.includes(actual.length === 0) ? "yes" : "no";
  };
}

function truthOf(
  key: string,
  { operator: { negated }, parsed: { quantifier, ifExists } }: { operator: Operator; parsed: OperatorName },
  test: ReturnType<Operator["test"]>,
): CompiledCondition["truth"] {
  const whenAbsent = (effect: Effect): Truth => {
    // IfExists is judged value by value, and without a value no one matches; the documents leave room for the other reading.
    if (quantifier === "foranyvalue") return ifExists ? doubtful(effect) : "no";
    return ifExists || quantifier === "forallvalues" || negated ? "yes" : "no";
  };
  return (facts, effect) => {
    const actual = valuesOf(facts, key);
    if (actual === undefined) return "maybe";
    if (actual.length === 0) return whenAbsent(effect);
    // Empty text counts as no value by the documents, and by measurements as one: it meets a deny.
    if (quantifier === "forallvalues" && effect === "Deny" && actual.every((value) => value === "")) return "yes";
    const unresolved = negated && effect === "Allow" ? "yes" : "no";
    const one = (value: string): Truth => {
      const truth = test(value, facts, unresolved);
      return negated ? not(truth) : truth;
    };
    if (actual.length === 1) return one(actual[0]!);
    if (quantifier === "forallvalues") return actual.map(one).reduce(both);
    // Several values need a set qualifier; what AWS makes of it otherwise is not documented.
    return quantifier === null && effect === "Allow" ? "no" : actual.map(one).reduce(either);
  };
}
