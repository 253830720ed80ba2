import { isRecord } from "../../is-record.ts";
import type { PolicyKind } from "./policy-kind.ts";
import { validateStatement } from "./validate-statement.ts";

export interface ValidationScope {
  readonly kind: PolicyKind;
  /** Service of the resource a resource policy belongs to: some name no resource in theirs. */
  readonly service?: string;
  /** Some exports leave out the kind of a principal, and keep documents without statements. */
  readonly lenient?: boolean;
}

/** Of one statement: its document's version says whether there are policy variables. */
export interface StatementScope extends ValidationScope {
  readonly variables: boolean;
}

const topLevel: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);

/** What AWS would refuse about a document, or null. Follows the published grammar of the policy language; policies that only look careless pass. */
export function validatePolicy(document: unknown, scope: ValidationScope): string | null {
  if (!isRecord(document)) return "the policy is not a JSON object";
  const unknown = Object.keys(document).find((key) => !topLevel.has(key));
  if (unknown !== undefined) return `${unknown} is not an element of a policy`;
  const { Version: version, Id: id, Statement: listed } = document;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    return `Version ${JSON.stringify(version)} is neither "2012-10-17" nor "2008-10-17"`;
  if (id !== undefined && typeof id !== "string") return "Id is not text";
  if (listed === undefined) return "Statement is missing";
  if (!Array.isArray(listed) && !isRecord(listed)) return "Statement is neither an object nor a list";
  const statements: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  if (statements.length === 0 && scope.lenient !== true) return "Statement is empty";
  for (const [index, statement] of statements.entries()) {
    const problem = validateStatement(statement, { ...scope, variables: version === "2012-10-17" });
    if (problem !== null) return `${nameOf(statement, index)}: ${problem}`;
  }
  return repeatedSid(statements);
}

const sidOf = (statement: unknown): string => (isRecord(statement) && typeof statement["Sid"] === "string" ? statement["Sid"] : "");
const nameOf = (statement: unknown, index: number): string => sidOf(statement) || `statement ${index + 1}`;

function repeatedSid(statements: readonly unknown[]): string | null {
  const sids = statements.map(sidOf).filter((sid) => sid !== "");
  const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
  return repeated === undefined ? null : `Sid ${repeated} is used twice`;
}
