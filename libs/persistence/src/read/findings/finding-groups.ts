import type { FindingFilter, FindingGroup } from "@rollcall/posture-pipeline";
import type { Severity } from "@rollcall/nhi-model";
import type { Sql } from "../../database/database.ts";
import { severityOfRank } from "../../severity-rank.ts";
import { createParameters } from "../parameters.ts";
import { findingConditions, findingFrom } from "./finding-conditions.ts";

export type StoredFindingGroup = Omit<FindingGroup, "title" | "phase" | "playbook" | "pass" | "unknown" | "notApplicable">;

/** Findings per rule, worst rules first: open ones, unless others are asked for. */
export async function findingGroups(sql: Sql, workspaceId: string, filter: FindingFilter): Promise<readonly StoredFindingGroup[]> {
  const parameters = createParameters(workspaceId);
  const asked = filter.state === undefined && filter.since === undefined ? ({ ...filter, state: "open" } as const) : filter;
  const conditions = findingConditions(asked, parameters);
  const { rows } = await sql.query(
    `select f.rule_id, f.severity, max(f.severity_rank) as rank, count(*) as count, min(f.first_seen_at) as oldest ${findingFrom} where ${conditions} group by f.rule_id, f.severity`,
    parameters.values,
  );
  const groups = [...Map.groupBy(rows, (row) => row.rule_id as string)].map(([ruleId, parts]): StoredFindingGroup => ({
    ruleId,
    worst: severityOfRank(Math.max(...parts.map((part) => part.rank))) ?? "info",
    bySeverity: Object.fromEntries(parts.map((part) => [part.severity as Severity, part.count as number])),
    open: parts.reduce((sum, part) => sum + part.count, 0),
    oldestFirstSeenAt: parts.map((part) => part.oldest as string).sort()[0] ?? null,
  }));
  const rank = (group: StoredFindingGroup): number =>
    Math.max(...rows.filter((row) => row.rule_id === group.ruleId).map((row) => row.rank));
  return groups.sort((a, b) => rank(b) - rank(a) || b.open - a.open || (a.ruleId < b.ruleId ? -1 : 1));
}

export async function openFindingsByRule(sql: Sql, workspaceId: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql.query(
    "select rule_id, count(*) as open from finding where workspace_id = $1 and state = 'open' group by rule_id order by rule_id",
    [workspaceId],
  );
  return Object.fromEntries(rows.map((row) => [row.rule_id, row.open]));
}
