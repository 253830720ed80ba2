import type { FindingFilter, FindingRow, Page, PageRequest, Total } from "@rollcall/posture-pipeline";
import type { DbRow, Sql } from "../../database/database.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { createParameters } from "../parameters.ts";
import { cappedTotal } from "../total.ts";
import { findingConditions, findingFrom, findingSubjects } from "./finding-conditions.ts";

export interface FindingQuery {
  readonly filter: FindingFilter;
  readonly page: PageRequest;
}

/** Worst first. An open finding was last seen by the last analysis, whose date is kept once and not on every row. */
export async function listFindings(
  sql: Sql,
  workspaceId: string,
  query: FindingQuery,
): Promise<Page<FindingRow> & { readonly total: Total }> {
  const parameters = createParameters(workspaceId);
  const conditions = findingConditions(query.filter, parameters);
  const total = await cappedTotal(sql, `${findingFrom} where ${conditions}`, parameters.values);
  const after = decodeCursor(query.page.cursor);
  const keyset =
    after === null ? "" : ` and (f.severity_rank, f.id) < (${parameters.bind(after[0])}::smallint, ${parameters.bind(after[1])}::uuid)`;
  const { rows } = await sql.query(
    // The page first, the rest only for its rows.
    `select f.id, f.rule_id, f.severity, f.severity_rank, f.state, f.subject_kind, f.subject_id, coalesce(i.name, src.name, 'removed') as subject_name, i.provider, s.environment, s.owner_label,
            f.first_seen_at, case when f.state = 'open' then greatest(run.as_of, f.last_seen_at) else f.last_seen_at end as last_seen_at, f.resolved_at, f.evidence,
            t.id as task_id, t.state as task_state
       from (select f.* ${findingFrom} where ${conditions}${keyset} order by f.severity_rank desc, f.id desc limit ${parameters.bind(query.page.limit + 1)}) f
       ${findingSubjects}
       left join task t on t.workspace_id = $1 and t.subject_kind = f.subject_kind and t.subject_id = f.subject_id and t.playbook = f.playbook
       left join analysis_run run on run.workspace_id = $1
      order by f.severity_rank desc, f.id desc`,
    parameters.values,
  );
  return { ...pageOf(rows, query.page.limit, { item: findingRow, position: (row) => [row.severity_rank, row.id] }), total };
}

/** The rule's title is code: the caller puts it in place of the id. */
function findingRow(row: DbRow): FindingRow {
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleTitle: row.rule_id,
    severity: row.severity,
    state: row.state,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    provider: row.provider,
    environment: row.environment,
    owner: row.owner_label,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    resolvedAt: row.resolved_at,
    taskId: row.task_id,
    taskState: row.task_state,
    evidence: row.evidence,
  };
}
