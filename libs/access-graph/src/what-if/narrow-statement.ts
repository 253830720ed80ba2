import { validatePolicy } from "../aws/authorize/validate-policy.ts";
import { isRecord } from "../is-record.ts";
import { statementsOf } from "./statements-of.ts";
import type { Change } from "./what-if-types.ts";

export type NarrowStatement = Extract<Change, { kind: "narrow_statement" }>;

const listed = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The statement without what is taken out and with what is asked for; null when nothing is left that it could allow. */
export function narrowed(statement: unknown, edit: NarrowStatement): unknown {
  if (!isRecord(statement) || statement["Effect"] !== "Allow") return statement;
  const without = (element: string, removed: readonly string[]): unknown[] =>
    listed(statement[element]).filter((item) => typeof item !== "string" || !removed.includes(item));
  const result: Record<string, unknown> = { ...statement };
  for (const [element, removed] of [
    ["Action", edit.removeActions],
    ["Resource", edit.removeResources],
  ] as const) {
    if (removed.length === 0 || statement[element] === undefined) continue;
    const left = without(element, removed);
    if (left.length === 0) return null;
    result[element] = left;
  }
  if (edit.addConditions.length > 0) result["Condition"] = withConditions(statement["Condition"], edit.addConditions);
  return result;
}

function withConditions(block: unknown, added: NarrowStatement["addConditions"]): Record<string, unknown> {
  const conditions: Record<string, unknown> = isRecord(block) ? { ...block } : {};
  for (const { operator, key, values } of added) {
    const known = conditions[operator];
    conditions[operator] = { ...(isRecord(known) ? known : {}), [key]: values.length === 1 ? values[0] : values };
  }
  return conditions;
}

/** Why the statement of the document cannot be narrowed like this, in words; null when it can. Whatever passes only ever takes away. */
export function narrowRefusal(document: unknown, edit: NarrowStatement, isTrust: boolean): string | null {
  const found = statementsOf(document).find(({ id }) => id === edit.statement);
  if (found === undefined || !isRecord(found.statement)) return `There is no ${edit.statement} in this policy`;
  const refusal = statementRefusal(found.statement) ?? elementsRefusal(found.statement, edit) ?? conditionsRefusal(found.statement, edit);
  if (refusal !== null) return refusal;
  const left = narrowed(found.statement, edit);
  if (left === null) return "Nothing would be left of it: remove the whole statement instead";
  const problem = validatePolicy({ Version: "2012-10-17", Statement: [left] }, { kind: isTrust ? "trust" : "identity", lenient: true });
  return problem;
}

/** Why nothing of a statement can be taken out, whatever it is. */
export function statementRefusal(statement: unknown): string | null {
  if (!isRecord(statement)) return "It could not be read";
  return statement["Effect"] === "Allow" ? null : "It forbids something: with less of it more would be allowed";
}

function elementsRefusal(statement: Readonly<Record<string, unknown>>, edit: NarrowStatement): string | null {
  const { removeActions, removeResources, addConditions } = edit;
  if (removeActions.length + removeResources.length + addConditions.length === 0) return "Nothing is taken out";
  for (const [element, removed] of [
    ["Action", removeActions],
    ["Resource", removeResources],
  ] as const) {
    if (removed.length > 0 && statement[`Not${element}`] !== undefined)
      return `It names what it leaves out (Not${element}): with less of that more would be allowed`;
    const missing = removed.find((item) => !listed(statement[element]).includes(item));
    if (missing !== undefined) return `${missing} is not in it`;
  }
  return null;
}

/** Values of one key are alternatives: another one would widen, so a key is asked for once. */
function conditionsRefusal(statement: Readonly<Record<string, unknown>>, { addConditions }: NarrowStatement): string | null {
  const block = isRecord(statement["Condition"]) ? statement["Condition"] : {};
  for (const [index, { operator, key, values }] of addConditions.entries()) {
    if (values.length === 0) return `${key} needs a value`;
    const asked = Object.entries(block).some(
      ([known, keys]) => sameWord(known, operator) && isRecord(keys) && Object.keys(keys).some((each) => sameWord(each, key)),
    );
    const twice = addConditions.slice(0, index).some((other) => sameWord(other.operator, operator) && sameWord(other.key, key));
    if (asked || twice) return `It asks for ${operator} ${key} already`;
  }
  return null;
}
