import { isRecord } from "../../is-record.ts";
import { operators, parseOperator } from "./operators.ts";
import { parseBoolean } from "./typed-values.ts";
import { variableProblem } from "./variable-problem.ts";

/** `{operator: {key: value or values}}`. `variables`: whether the document's version knows policy variables. */
export function validateConditions(block: unknown, variables: boolean): string | null {
  if (!isRecord(block)) return "Condition is not an object";
  for (const [operator, keys] of Object.entries(block)) {
    const accepts = acceptorOf(operator);
    if (typeof accepts === "string") return accepts;
    if (!isRecord(keys)) return `Condition ${operator} is not an object`;
    const problem = keysProblem(operator, keys, { accepts, variables });
    if (problem !== null) return problem;
  }
  return null;
}

/** What values the operator can read, or what is wrong with it. */
function acceptorOf(operator: string): ((value: string) => boolean) | string {
  const parsed = parseOperator(operator);
  if (parsed === null) return `Condition ${operator} is qualified by neither ForAllValues nor ForAnyValue`;
  if (parsed.name === "null") return parsed.ifExists ? "Null cannot be combined with IfExists" : (value) => parseBoolean(value) !== null;
  return operators.get(parsed.name)?.accepts ?? `there is no condition operator ${operator}`;
}

function keysProblem(
  operator: string,
  keys: Readonly<Record<string, unknown>>,
  { accepts, variables }: { readonly accepts: (value: string) => boolean; readonly variables: boolean },
): string | null {
  const seen = new Set<string>();
  for (const [key, values] of Object.entries(keys)) {
    if (!/^[^:\s]+:.+$/s.test(key)) return `condition key "${key}" is not of the form service:key`;
    if (seen.has(key.toLowerCase())) return `condition key ${key} is used twice, in different case`;
    seen.add(key.toLowerCase());
    for (const value of Array.isArray(values) ? (values as readonly unknown[]) : [values]) {
      if (!["string", "number", "boolean"].includes(typeof value)) return `a value of ${key} is not text, a number or a boolean`;
      const text = String(value);
      // Variables stand for text and ARNs only.
      if (!accepts(text)) return `${operator} cannot read the value "${text}" of ${key}`;
      const problem = variables ? variableProblem(text) : null;
      if (problem !== null) return `the value of ${key}: ${problem}`;
    }
  }
  return null;
}
