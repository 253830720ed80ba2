import { isRecord } from "../is-record.ts";

const elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"] as const;
const named: ReadonlySet<string> = new Set(elements);
const folded: ReadonlySet<string> = new Set(elements.map((element) => element.toLowerCase()));

type Statement = Readonly<Record<string, unknown>>;

/** Why nobody can tell what a statement means, or null. AWS takes no such statement, but not every file comes from AWS as it was. */
export function statementProblem(statement: Statement): string | null {
  const { Effect: effect, Action: action, NotAction: notAction, Condition: condition } = statement;
  if (effect !== "Allow" && effect !== "Deny") return "has no valid Effect";
  if (action === undefined && notAction === undefined) return "names no actions";
  const misspelt = Object.keys(statement).find((key) => !named.has(key) && folded.has(key.toLowerCase()));
  if (misspelt !== undefined) return `has the element ${misspelt}, which is written otherwise`;
  for (const element of ["Action", "NotAction", "Resource", "NotResource"] as const)
    if (!isTexts(statement[element])) return `has something else than text as ${element}`;
  for (const element of ["Principal", "NotPrincipal"] as const)
    if (!isPrincipals(statement[element])) return `has a ${element} that cannot be read`;
  return condition === undefined || isConditions(condition) ? null : "has a Condition that cannot be read";
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const isTexts = (value: unknown): boolean =>
  value === undefined || (listOf(value).length > 0 && listOf(value).every((each) => typeof each === "string"));
const isScalar = (value: unknown): boolean => typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const isPrincipals = (value: unknown): boolean =>
  value === undefined ||
  typeof value === "string" ||
  (isRecord(value) && Object.values(value).every((names) => listOf(names).every((name) => typeof name === "string")));

const isConditions = (block: unknown): boolean =>
  isRecord(block) &&
  Object.values(block).every((keys) => isRecord(keys) && Object.values(keys).every((values) => listOf(values).every(isScalar)));
