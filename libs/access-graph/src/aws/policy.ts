import { isRecord } from "../is-record.ts";
import { compileCondition } from "./condition.ts";
import type { CompiledCondition } from "./condition.ts";
import { compilePattern } from "./authorize/text-pattern.ts";
import type { TextPattern } from "./authorize/text-pattern.ts";
import { isPrincipalKey } from "./variables.ts";
import { statementProblem } from "./statement-problem.ts";
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

export interface MatchingStatements {
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
}

const none: MatchingStatements = { allows: [], denies: [] };

interface PolicyParts extends MatchingStatements {
  readonly hasVariables: boolean;
  readonly problems: readonly string[];
}

/** A document, or part of one. */
export class CompiledPolicy {
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
  /** Some resource or condition depends on who asks, so the answer differs per principal. */
  readonly hasVariables: boolean;
  /** What could not be understood; such a policy's other statements still count. */
  readonly problems: readonly string[];
  /** By place of a `PerDocument`. */
  readonly workedOut: unknown[] = [];
  readonly #services: ReadonlySet<string> | null;
  readonly #remembered = new Map<string, MatchingStatements>();
  // One action is asked about many resources in a row.
  #lastAction = "";
  #lastMatches = none;

  constructor({ allows, denies, hasVariables, problems }: PolicyParts) {
    this.allows = allows;
    this.denies = denies;
    this.hasVariables = hasVariables;
    this.problems = problems;
    this.#services = servicesOf(allows, denies);
  }

  /** The same with only some of its allows, and every deny. */
  withAllows(isKept: (allow: CompiledStatement) => boolean): CompiledPolicy {
    const { allows, denies, hasVariables, problems } = this;
    return new CompiledPolicy({ allows: only(allows, isKept), denies, hasVariables, problems });
  }

  /** One of its allows by itself, whatever the document denies. */
  alone(allow: CompiledStatement): CompiledPolicy {
    return new CompiledPolicy({ allows: [allow], denies: [], hasVariables: this.hasVariables, problems: this.problems });
  }

  /** False when no statement can match an action of the service (lower case). */
  touches(service: string): boolean {
    return this.#services === null || this.#services.has(service);
  }

  /** Statements whose actions match, remembered per action: a shared document is matched once, not once per principal. */
  matching(lowerAction: string): MatchingStatements {
    if (lowerAction === this.#lastAction) return this.#lastMatches;
    this.#lastAction = lowerAction;
    return (this.#lastMatches = this.#find(lowerAction));
  }

  #find(lowerAction: string): MatchingStatements {
    const known = this.#remembered.get(lowerAction);
    if (known !== undefined) return known;
    if (!this.touches(serviceOfAction(lowerAction))) return none;
    const isMatch = (statement: CompiledStatement): boolean => statementMatchesAction(statement, lowerAction);
    const matches = { allows: only(this.allows, isMatch), denies: only(this.denies, isMatch) };
    this.#remembered.set(lowerAction, matches);
    return matches;
  }
}

/** No longer than what it holds, and the list itself where all are kept: there are as many of these as documents and actions. */
function only(statements: readonly CompiledStatement[], isKept: (statement: CompiledStatement) => boolean): readonly CompiledStatement[] {
  const kept = statements.filter(isKept);
  return kept.length === statements.length ? statements : kept.slice();
}

/** Compiles a policy document; never throws: what it cannot read becomes a problem. `json`: the document as text, where it is at hand. */
export function compilePolicy(document: unknown, json?: string): CompiledPolicy {
  const problems: string[] = [];
  const listed = isRecord(document) ? document["Statement"] : undefined;
  const statements = Array.isArray(listed) ? listed : isRecord(listed) ? [listed] : [];
  if (!isRecord(document) || !(Array.isArray(listed) || isRecord(listed))) problems.push("the document has no statements");
  // Before 2012-10-17 policy variables are plain text.
  const variables = isRecord(document) && document["Version"] === "2012-10-17";
  const compiled = statements.flatMap((statement: unknown, index): CompiledStatement[] => {
    const problem = isRecord(statement) ? statementProblem(statement) : "is not an object";
    if (isRecord(statement) && problem === null) return [compileStatement(statement, index, variables)];
    problems.push(`${idOf(statement, index)} ${problem}`);
    // What cannot be read grants nothing, and may forbid anything.
    return isRecord(statement) && /^allow$/i.test(String(statement["Effect"])) ? [] : [doubtfulDeny(idOf(statement, index), index)];
  });
  if (!isRecord(document) || (listed !== undefined && !Array.isArray(listed) && !isRecord(listed)))
    compiled.push(doubtfulDeny("the document", 0));
  const hasVariables =
    (variables && (json ?? JSON.stringify(document)).includes("${")) ||
    compiled.some(({ conditions }) => conditions.some(({ key }) => isPrincipalKey(key.toLowerCase())));
  return new CompiledPolicy({
    allows: only(compiled, (statement) => statement.effect === "Allow"),
    denies: only(compiled, (statement) => statement.effect === "Deny"),
    hasVariables,
    problems,
  });
}

/** Several documents as one: the policies of one level of an organisation add up. */
export function mergePolicies(policies: readonly CompiledPolicy[]): CompiledPolicy {
  if (policies.length === 1) return policies[0]!;
  return new CompiledPolicy({
    allows: policies.flatMap((policy) => policy.allows),
    denies: policies.flatMap((policy) => policy.denies),
    hasVariables: policies.some((policy) => policy.hasVariables),
    problems: policies.flatMap((policy) => policy.problems),
  });
}

/** Services that the statements' actions name; null when they may name any. */
function servicesOf(...lists: readonly (readonly CompiledStatement[])[]): ReadonlySet<string> | null {
  const services = new Set<string>();
  for (const statements of lists)
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

const idOf = (statement: unknown, index: number): string => {
  const sid = isRecord(statement) ? statement["Sid"] : undefined;
  return typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`;
};

const unreadable: CompiledCondition = {
  operator: "",
  key: "the statement, which cannot be read, says so",
  values: [],
  truth: () => "maybe",
};

const doubtfulDeny = (id: string, index: number): CompiledStatement => ({
  effect: "Deny",
  id,
  index,
  actions: ["*"],
  notActions: null,
  resources: ["*"],
  notResources: null,
  resourcePatterns: [compilePattern("*", { wildcards: true, variables: false })],
  conditions: [unreadable],
  principals: null,
  notPrincipals: null,
});

/** Of a statement without a problem. */
function compileStatement(statement: Readonly<Record<string, unknown>>, index: number, variables: boolean): CompiledStatement {
  const effect = statement["Effect"] === "Allow" ? "Allow" : "Deny";
  const [actions, notActions] = [texts(statement["Action"]), texts(statement["NotAction"])];
  const lower = (values: readonly string[] | null): string[] | null => values?.map((value) => value.toLowerCase()) ?? null;
  const [resources, notResources] = [arnsOf(statement["Resource"]), arnsOf(statement["NotResource"])];
  const isGranting = (effect === "Allow") === (notResources === null);
  return {
    effect,
    id: idOf(statement, index),
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
