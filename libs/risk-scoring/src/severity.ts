import type { NhiRecord, Severity } from "@rollcall/nhi-model";
import { all, any, containsAny, eq, gte, in_, not, TRUE } from "./condition.ts";
import type { Condition, Scope } from "./condition.ts";

/** Moves a severity by one or more steps when a circumstance is known to hold; an unknown circumstance moves nothing. */
export interface SeverityModifier {
  readonly id: "crown" | "privileged" | "non_production" | "compensated" | "own";
  readonly by: number;
  readonly why: string;
  readonly when: Condition<NhiRecord>;
}

export interface SeverityPolicy {
  readonly base: Severity;
  readonly modifiers: readonly SeverityModifier[];
}

export const crown: SeverityModifier = {
  id: "crown",
  by: 1,
  why: "Business-critical, or in production with sensitive data in reach",
  when: any(eq("criticality", "critical"), all(eq("environment", "prod"), gte("access.sensitiveResourceCount", 1))),
};

export const privileged: SeverityModifier = {
  id: "privileged",
  by: 1,
  why: "Holds administrator rights or a way to obtain them",
  when: any(eq("access.admin", true), gte("access.escalationPaths", 1)),
};

export const nonProduction: SeverityModifier = {
  id: "non_production",
  by: -1,
  why: "Lives outside production and cannot get there",
  when: all(in_("environment", ["dev", "test", "sandbox"]), not(containsAny("access.reachableEnvironments", ["prod"]))),
};

export const compensated: SeverityModifier = {
  id: "compensated",
  by: -1,
  why: "A boundary, resource condition or approval limits what the privilege can do",
  when: containsAny("access.compensatingControls", ["permission_boundary", "resource_condition", "approval_gate"]),
};

/** A modifier that belongs to one rule only. */
export const own = (by: number, why: string, when: Condition<NhiRecord>): SeverityModifier => ({ id: "own", by, why, when });

const scale = ["info", "low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** 0 for info up to 4 for critical: sorts and compares severities. */
export const severityRank = (severity: Severity): number => scale.indexOf(severity);

/** Base moved by the modifiers that are known to hold, kept between low and critical. */
export function severityOf(policy: SeverityPolicy, record: NhiRecord, scope: Scope): Severity {
  let rank = severityRank(policy.base);
  for (const modifier of policy.modifiers) if (modifier.when.test(record, scope) === TRUE) rank += modifier.by;
  return scale[Math.min(Math.max(rank, 1), scale.length - 1)] as Severity;
}
