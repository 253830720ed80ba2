import { lowerAction } from "./action-name.ts";
import { layerAnswer, policyAnswer } from "./authorize/layer.ts";
import type { Ask, Cited, LayerAnswer, NamedPolicy } from "./authorize/layer.ts";
import { both, either } from "./authorize/request-facts.ts";
import { describeCondition, noContext } from "./condition.ts";
import type { RequestContext } from "./condition.ts";
import type { CompiledStatement } from "./policy.ts";
import type { PrincipalVariables } from "./variables.ts";

export type { NamedPolicy } from "./authorize/layer.ts";

export type Decision = "allowed" | "explicitly_denied" | "implicitly_denied" | "conditional";

/** Everything that decides what one principal may do by itself. Each entry of `ceilings` must also allow (boundaries, organisation policies). */
export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  /** Refs of attached policies whose document is unknown. The graph states them as gaps; a question about one request cannot pass over them. */
  readonly unknownIdentity?: readonly string[];
  readonly ceilings: readonly NamedPolicy[];
  /** Refs of ceilings whose document is unknown: they may forbid anything, so nothing is certain. */
  readonly unknownCeilings: readonly string[];
  readonly variables: PrincipalVariables;
  /** Tags of users and roles, as condition keys, by ARN; empty when the principal may change them. */
  readonly tagged?: ReadonlyMap<string, RequestContext>;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  /** A key that is not in the context is absent from the request, so nothing is left open. */
  readonly isComplete?: boolean;
}

export interface Verdict {
  readonly decision: Decision;
  /** The statement that decided: the allow, or the deny. */
  readonly by: { readonly ref: string; readonly statement: CompiledStatement } | null;
  /** In words, what was left open; empty unless conditional. */
  readonly conditions: readonly string[];
}

/** May this principal do this, by its own policies? Never `allowed` where a deny or a ceiling may forbid it. */
export function decide(policies: PolicySet, request: Request): Verdict {
  const ask = askOf(policies, request);
  const own = layerAnswer(policies.identity, ask);
  if (own.deny === "yes") return denied("explicitly_denied", own.denyBy);
  if (policies.ceilings.length === 0 && policies.unknownCeilings.length === 0) return verdictOf(own, []);
  const limits: LayerAnswer[] = [];
  for (const ceiling of policies.ceilings) {
    const limit = policyAnswer(ceiling, ask);
    if (limit.deny === "yes") return denied("explicitly_denied", limit.denyBy);
    limits.push(limit);
  }
  const verdict = verdictOf(own, limits);
  if (verdict.decision === "implicitly_denied" || policies.unknownCeilings.length === 0) return verdict;
  const unknown = policies.unknownCeilings.map((ref) => `the permission boundary ${ref}, whose document is not known, allows it`);
  return { ...verdict, decision: "conditional", conditions: [...verdict.conditions, ...unknown] };
}

const nothingOpen: readonly string[] = [];
const denied = (decision: Decision, by: Cited | null): Verdict => ({ decision, by, conditions: nothingOpen });

/** Tags of a role say nothing reliable about who may pass it. */
export const areTagsKnown = ({ tagged }: PolicySet, lowerAction: string): boolean =>
  tagged !== undefined && tagged.size > 0 && lowerAction !== "iam:passrole";

function askOf(policies: PolicySet, { action, resource, context = noContext, isComplete = false }: Request): Ask {
  const { variables, tagged } = policies;
  const lower = lowerAction(action);
  const tags = areTagsKnown(policies, lower) ? tagged?.get(resource) : undefined;
  const given = tags === undefined ? context : context.size === 0 ? tags : new Map([...tags, ...context]);
  return { action: lower, resource, facts: { context: given, principal: variables, complete: isComplete } };
}

/** No layer denies for certain. */
function verdictOf(own: LayerAnswer, limits: readonly LayerAnswer[]): Verdict {
  let allow = own.allow;
  let deny = own.deny;
  for (const limit of limits) {
    allow = both(allow, limit.allow);
    deny = either(deny, limit.deny);
  }
  if (allow === "no") return denied("implicitly_denied", null);
  if (allow === "yes" && deny === "no") return { decision: "allowed", by: own.allowBy, conditions: nothingOpen };
  return { decision: "conditional", by: own.allowBy, conditions: [own, ...limits].flatMap(openConditions) };
}

function openConditions({ allow, allowBy, deny, denyBy }: LayerAnswer): string[] {
  return [
    ...(allow === "maybe" && allowBy !== null ? wordsOf(allowBy.statement, "") : []),
    ...(deny === "maybe" && denyBy !== null ? wordsOf(denyBy.statement, "the deny does not apply: ") : []),
  ];
}

function wordsOf(statement: CompiledStatement, prefix: string): string[] {
  if (statement.conditions.length === 0) return [`${prefix}${statement.id} depends on a policy variable`];
  return statement.conditions.map((condition) => `${prefix}${describeCondition(condition)}`);
}
