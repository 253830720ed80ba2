import { lowerAction } from "./action-name.ts";
import { allTrue, describeCondition, noContext } from "./condition.ts";
import type { RequestContext, Truth } from "./condition.ts";
import type { CompiledPolicy, CompiledStatement } from "./policy.ts";
import { patternTruth } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

export type Decision = "allowed" | "explicitly_denied" | "implicitly_denied" | "conditional";

/** A document with the ref it is known by. */
export interface NamedPolicy {
  readonly ref: string;
  readonly policy: CompiledPolicy;
}

/** Everything that decides what one principal may do by itself. Each entry of `ceilings` must also allow (boundaries, organisation policies). */
export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  readonly ceilings: readonly NamedPolicy[];
  /** Refs of ceilings whose document is unknown: they may forbid anything, so nothing is certain. */
  readonly unknownCeilings: readonly string[];
  readonly variables: PrincipalVariables;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
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
  const own = layerVerdict(policies.identity, request, policies.variables);
  if (own.decision === "explicitly_denied" || own.decision === "implicitly_denied") return own;
  let conditions = own.conditions;
  for (const ceiling of policies.ceilings) {
    const limit = layerVerdict([ceiling], request, policies.variables);
    if (limit.decision === "explicitly_denied" || limit.decision === "implicitly_denied") return limit;
    conditions = [...conditions, ...limit.conditions];
  }
  for (const ref of policies.unknownCeilings)
    conditions = [...conditions, `the permission boundary ${ref}, whose document is not known, allows it`];
  return { decision: conditions.length === 0 ? "allowed" : "conditional", by: own.by, conditions };
}

function layerVerdict(layer: readonly NamedPolicy[], request: Request, variables: PrincipalVariables): Verdict {
  const action = lowerAction(request.action);
  const context = request.context ?? noContext;
  let conditionalDeny: Verdict["by"] = null;
  let allow: Verdict["by"] = null;
  let conditionalAllow: Verdict["by"] = null;
  for (const { ref, policy } of layer) {
    const matching = policy.matching(action);
    for (const statement of matching.denies) {
      const truth = statementTruth(statement, { resource: request.resource, context }, variables);
      if (truth === "yes") return { decision: "explicitly_denied", by: { ref, statement }, conditions: [] };
      if (truth === "maybe") conditionalDeny ??= { ref, statement };
    }
    if (allow !== null) continue;
    for (const statement of matching.allows) {
      const truth = statementTruth(statement, { resource: request.resource, context }, variables);
      if (truth === "yes") {
        allow = { ref, statement };
        break;
      }
      if (truth === "maybe") conditionalAllow ??= { ref, statement };
    }
  }
  const by = allow ?? conditionalAllow;
  if (by === null) return { decision: "implicitly_denied", by: null, conditions: [] };
  const conditions = [
    ...(allow === null ? openConditions(by.statement, "") : []),
    ...(conditionalDeny === null ? [] : openConditions(conditionalDeny.statement, "the deny does not apply: ")),
  ];
  return { decision: conditions.length === 0 ? "allowed" : "conditional", by, conditions };
}

/** For a statement whose actions are known to match. */
function statementTruth(
  statement: CompiledStatement,
  request: Pick<Required<Request>, "resource" | "context">,
  variables: PrincipalVariables,
): Truth {
  const resource = resourceTruth(statement, request.resource, variables);
  if (resource === "no") return "no";
  const conditions = allTrue(statement.conditions, request.context);
  if (conditions === "no") return "no";
  return resource === "yes" && conditions === "yes" ? "yes" : "maybe";
}

function resourceTruth(statement: CompiledStatement, resource: string, variables: PrincipalVariables): Truth {
  if (statement.notResources !== null) return not(anyPattern(statement.notResources, resource, variables));
  return anyPattern(statement.resources, resource, variables);
}

function anyPattern(patterns: readonly string[], text: string, variables: PrincipalVariables): Truth {
  let result: Truth = "no";
  for (const pattern of patterns) {
    const truth = patternTruth(pattern, text, variables);
    if (truth === "yes") return "yes";
    if (truth === "maybe") result = "maybe";
  }
  return result;
}

const not = (truth: Truth): Truth => (truth === "yes" ? "no" : truth === "no" ? "yes" : "maybe");

function openConditions(statement: CompiledStatement, prefix: string): string[] {
  if (statement.conditions.length === 0) return [`${prefix}${statement.id} depends on a policy variable`];
  return statement.conditions.map((condition) => `${prefix}${describeCondition(condition)}`);
}

/** Does some deny of the principal's own policies or ceilings apply? Needed where a resource policy alone would grant. */
export function denyTruth(policies: PolicySet, request: Request): Truth {
  let result: Truth = "no";
  for (const { policy } of [...policies.identity, ...policies.ceilings]) {
    for (const statement of policy.matching(lowerAction(request.action)).denies) {
      const truth = statementTruth(statement, { resource: request.resource, context: request.context ?? noContext }, policies.variables);
      if (truth === "yes") return "yes";
      if (truth === "maybe") result = "maybe";
    }
  }
  return result;
}
