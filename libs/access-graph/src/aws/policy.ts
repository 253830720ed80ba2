import { isRecord } from "../is-record.ts";
import { compileCondition } from "./condition.ts";
import type { CompiledCondition } from "./condition.ts";
import { compilePattern } from "./authorize/text-pattern.ts";
import type { TextPattern } from "./authorize/text-pattern.ts";
import { isPrincipalKey } from "./variables.ts";
import { serviceOfAction } from "./action-name.ts";
import { globMatches, hasWildcard } from "./glob.ts";

export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  /** Sid, or its place in the document. */
  readonly id: string;
  /** Place in the document, from 0. */
  readonly index: number;
  /** Lower case. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[] | null;
  readonly resources: readonly string[];
  readonly notResources: readonly string[] | null;
  /** What `notResources`, or else `resources`, match; null when the statement names neither, as in trust policies. */
  readonly resourcePatterns: readonly TextPattern[] | null;
  readonly conditions: readonly CompiledCondition[];
  /** Principal elements by kind; null in identity policies. `*` is kind `AWS`, value `*`. */
  readonly principals: readonly PrincipalEntry[] | null;
  readonly notPrincipals: readonly PrincipalEntry[] | null;
}

export interface PrincipalEntry {
  /** AWS, Service, Federated, CanonicalUser. */
  readonly kind: string;
  readonly value: string;
}

export interface CompiledPolicy {
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
  /** Some resource or condition depends on who asks, so the answer differs per principal. */
  readonly hasVariables: boolean;
  /** What could not be understood; such a policy's other statements still count. */
  readonly problems: readonly string[];
  /** Statements whose actions match, remembered per action: a shared document is matched once, not once per principal. */
  readonly matching: (lowerAction: string) => MatchingStatements;
  /** False when no statement can match an action of the service (lower case). */
  readonly touches: (service: string) => boolean;
}

export interface MatchingStatements {
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
}

/** Compiles a policy document; never throws: what it cannot read becomes a problem. */
export function compilePolicy(document: unknown): CompiledPolicy {
  const problems: string[] = [];
  const listed = isRecord(document) ? document["Statement"] : undefined;
  const statements = Array.isArray(listed) ? listed : isRecord(listed) ? [listed] : [];
  if (!isRecord(document) || listed === undefined) problems.push("the document has no statements");
  // Before 2012-10-17 policy variables are plain text.
  const variables = isRecord(document) && document["Version"] === "2012-10-17";
  const compiled = statements.flatMap((statement: unknown, index) => {
    const result = compileStatement(statement, index, variables);
    if (typeof result === "string") {
      problems.push(result);
      return [];
    }
    return [result];
  });
  const allows = compiled.filter((statement) => statement.effect === "Allow");
  const denies = compiled.filter((statement) => statement.effect === "Deny");
  const hasVariables =
    (variables && JSON.stringify(document).includes("${")) ||
    compiled.some(({ conditions }) => conditions.some(({ key }) => isPrincipalKey(key.toLowerCase())));
  return { allows, denies, hasVariables, problems, ...rememberMatches(allows, denies) };
}

/** Several documents as one: the policies of one level of an organisation add up. */
export function mergePolicies(policies: readonly CompiledPolicy[]): CompiledPolicy {
  if (policies.length === 1) return policies[0]!;
  const allows = policies.flatMap((policy) => policy.allows);
  const denies = policies.flatMap((policy) => policy.denies);
  const problems = policies.flatMap((policy) => policy.problems);
  return { allows, denies, hasVariables: policies.some((policy) => policy.hasVariables), problems, ...rememberMatches(allows, denies) };
}

const none: MatchingStatements = { allows: [], denies: [] };

function rememberMatches(
  allows: readonly CompiledStatement[],
  denies: readonly CompiledStatement[],
): Pick<CompiledPolicy, "matching" | "touches"> {
  const services = servicesOf([...allows, ...denies]);
  const touches = (service: string): boolean => services === null || services.has(service);
  const remembered = new Map<string, MatchingStatements>();
  // One action is asked about many resources in a row.
  let lastAction = "";
  let lastMatches = none;
  const matching = (lowerAction: string): MatchingStatements => {
    if (lowerAction === lastAction) return lastMatches;
    lastAction = lowerAction;
    return (lastMatches = find(lowerAction));
  };
  const find = (lowerAction: string): MatchingStatements => {
    const known = remembered.get(lowerAction);
    if (known !== undefined) return known;
    if (!touches(serviceOfAction(lowerAction))) return none;
    const isMatch = (statement: CompiledStatement): boolean => statementMatchesAction(statement, lowerAction);
    const matches = { allows: allows.filter(isMatch), denies: denies.filter(isMatch) };
    remembered.set(lowerAction, matches);
    return matches;
  };
  return { matching, touches };
}

/** Services that the statements' actions name; null when they may name any. */
function servicesOf(statements: readonly CompiledStatement[]): ReadonlySet<string> | null {
  const services = new Set<string>();
  for (const { actions, notActions } of statements) {
    if (notActions !== null) return null;
    for (const action of actions) {
      const service = action.includes(":") ? action.slice(0, action.indexOf(":")) : "*";
      if (hasWildcard(service)) return null;
      services.add(service);
    }
  }
  return services;
}

function compileStatement(statement: unknown, index: number, variables: boolean): CompiledStatement | string {
  if (!isRecord(statement)) return `statement ${index + 1} is not an object`;
  const effect = statement["Effect"];
  const sid = statement["Sid"];
  const id = typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`;
  if (effect !== "Allow" && effect !== "Deny") return `${id} has no valid Effect`;
  const [actions, notActions] = [texts(statement["Action"]), texts(statement["NotAction"])];
  if (actions === null && notActions === null) return `${id} names no actions`;
  const lower = (values: readonly string[] | null): string[] | null => values?.map((value) => value.toLowerCase()) ?? null;
  const [resources, notResources] = [arnsOf(statement["Resource"]), arnsOf(statement["NotResource"])];
  const isGranting = (effect === "Allow") === (notResources === null);
  return {
    effect,
    id,
    index,
    actions: lower(actions) ?? [],
    notActions: lower(notActions),
    resources: resources ?? [],
    notResources,
    resourcePatterns:
      (notResources ?? resources)?.map((text) => {
        const pattern = compilePattern(text, { wildcards: true, variables });
        return variables && isGranting && hasEarlyVariable(text) ? doubted(pattern) : pattern;
      }) ?? null,
    conditions: conditionsOf(statement["Condition"]).map((condition) => compileCondition(condition, variables)),
    principals: principalsOf(statement["Principal"]),
    notPrincipals: principalsOf(statement["NotPrincipal"]),
  };
}

const statementMatchesAction = (statement: CompiledStatement, lowerAction: string): boolean =>
  statement.notActions === null
    ? statement.actions.some((pattern) => globMatches(pattern, lowerAction))
    : !statement.notActions.some((pattern) => globMatches(pattern, lowerAction));

function conditionsOf(block: unknown): { operator: string; key: string; values: string[] }[] {
  if (!isRecord(block)) return [];
  return Object.entries(block).flatMap(([operator, keys]) =>
    isRecord(keys) ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: scalars(values) })) : [],
  );
}

function principalsOf(value: unknown): PrincipalEntry[] | null {
  if (value === undefined) return null;
  if (typeof value === "string") return [{ kind: "AWS", value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([kind, values]) => scalars(values).map((each) => ({ kind, value: each })));
}

/** IAM fills the fields that an ARN leaves out with wildcards: `arn:aws:sqs` is all of the service. */
const arnsOf = (value: unknown): string[] | null =>
  texts(value)?.map((text) => {
    const fields = text.startsWith("arn:") ? text.split(":").length : 6;
    return fields >= 6 || fields < 3 ? text : `${text}${":*".repeat(6 - fields)}`;
  }) ?? null;

/** AWS documents variables for what follows the fifth colon only, though it uses them for the account itself. */
const hasEarlyVariable = (text: string): boolean => /^arn:(?:[^:$]*:){0,3}[^:$]*\$\{/.test(text);

/** A match that would grant: nothing is granted by it when the context is known, and nothing is certain otherwise. */
const doubted =
  (pattern: TextPattern): TextPattern =>
  (text, facts, unresolved) =>
    facts.complete || pattern(text, facts, unresolved) === "no" ? "no" : "maybe";

const texts = (value: unknown): string[] | null =>
  value === undefined ? null : (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
const scalars = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

/** The policy that AWS itself attaches throughout an organisation. */
export const fullAccess: CompiledPolicy = compilePolicy({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
});
