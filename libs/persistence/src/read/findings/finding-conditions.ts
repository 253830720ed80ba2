import type { FindingFilter } from "@rollcall/posture-pipeline";
import { isUuid } from "../../database/is-uuid.ts";
import { anyOf, containsPattern, type Parameters } from "../parameters.ts";

/** Who a finding `f` is about. */
export const findingSubjects = `left join identity i on f.subject_kind = 'identity' and i.workspace_id = $1 and i.id = f.subject_id
  left join identity_score s on s.workspace_id = $1 and s.identity_id = i.id
  left join source src on f.subject_kind = 'source' and src.workspace_id = $1 and src.id = f.subject_id`;
export const findingFrom = `from finding f ${findingSubjects}`;

/** Over `findingFrom`; `$1` is the workspace. Frameworks are code: a caller turns a control into its rules. */
export function findingConditions(filter: FindingFilter, parameters: Parameters): string {
  const conditions = ["f.workspace_id = $1"];
  if (filter.state !== undefined) conditions.push(`f.state = ${parameters.bind(filter.state)}`);
  if (filter.rule !== undefined && filter.rule.length > 0) conditions.push(`f.rule_id = any(${parameters.bind(filter.rule)})`);
  if (filter.severity !== undefined && filter.severity.length > 0) conditions.push(`f.severity = any(${parameters.bind(filter.severity)})`);
  if (filter.subject !== undefined) conditions.push(isUuid(filter.subject) ? `f.subject_id = ${parameters.bind(filter.subject)}` : "false");
  if (filter.provider !== undefined && filter.provider.length > 0) conditions.push(anyOf(parameters, "i.provider", filter.provider));
  if (filter.environment !== undefined && filter.environment.length > 0)
    conditions.push(anyOf(parameters, "s.environment", filter.environment));
  if (filter.since !== undefined)
    conditions.push(
      `${filter.state === "resolved" ? "f.resolved_at" : "f.first_seen_at"} >= ${parameters.bind(filter.since)}::timestamptz`,
    );
  const search = filter.search?.trim() ?? "";
  if (search !== "") {
    const pattern = parameters.bind(containsPattern(search));
    conditions.push(`(lower(coalesce(i.name, src.name)) like ${pattern} or lower(f.rule_id) like ${pattern})`);
  }
  return conditions.join(" and ");
}
