import { globMatches } from "./glob.ts";

/** Kleene truth: `maybe` when it depends on something the export does not say. */
export type Truth = "yes" | "no" | "maybe";

/** Request context that is known, by lower-case condition key. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export const noContext: RequestContext = new Map();

export const describeCondition = (condition: Condition): string =>
  `${condition.operator} ${condition.key} ${condition.values.join(" or ")}`;

export function allTrue(conditions: readonly Condition[], context: RequestContext): Truth {
  let result: Truth = "yes";
  for (const condition of conditions) {
    const truth = conditionTruth(condition, context);
    if (truth === "no") return "no";
    if (truth === "maybe") result = "maybe";
  }
  return result;
}

export function conditionTruth(condition: Condition, context: RequestContext): Truth {
  const actual = context.get(condition.key.toLowerCase());
  if (actual === undefined) return "maybe";
  const { quantifier, name } = splitOperator(condition.operator);
  const negated = name.includes("not");
  const test = testOf(name);
  if (test === null || condition.values.some((value) => value.includes("${"))) return "maybe";
  const matches = (value: string): boolean => condition.values.some((wanted) => test(wanted, value)) !== negated;
  return (quantifier === "forallvalues" ? actual.every(matches) : actual.some(matches)) ? "yes" : "no";
}

function splitOperator(operator: string): { quantifier: string; name: string } {
  const [first, second] = operator.toLowerCase().split(":");
  return second === undefined ? { quantifier: "", name: stripIfExists(first!) } : { quantifier: first!, name: stripIfExists(second) };
}

const stripIfExists = (name: string): string => (name.endsWith("ifexists") ? name.slice(0, -"ifexists".length) : name);

function testOf(name: string): ((wanted: string, actual: string) => boolean) | null {
  switch (name.replace("not", "")) {
    case "stringequals":
    case "bool":
    case "numericequals":
      return (wanted, actual) => wanted === actual;
    case "stringequalsignorecase":
      return (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase();
    case "stringlike":
    case "arnlike":
    case "arnequals":
      return globMatches;
    default:
      return null;
  }
}
