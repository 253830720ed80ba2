import type { Page, PageRequest, TaskFilter, TaskRow, Total } from "@rollcall/posture-pipeline";
import type { DbRow, Sql } from "../../database/database.ts";
import { isUuid } from "../../database/is-uuid.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { taskColumns } from "../../analysis/write-tasks.ts";
import { containsPattern, createParameters, type Parameters } from "../parameters.ts";
import { cappedTotal } from "../total.ts";

export interface TaskQuery {
  readonly filter: TaskFilter;
  readonly viewerId: string;
  readonly page: PageRequest;
}
export interface TaskCounts {
  readonly mine: number;
  readonly unassigned: number;
  readonly all: number;
}

const taskFrom = `from task t
  left join identity i on t.subject_kind = 'identity' and i.workspace_id = $1 and i.id = t.subject_id
  left join source src on t.subject_kind = 'source' and src.workspace_id = $1 and src.id = t.subject_id`;
/** A plan is long, and a list says only how many steps it has and what it cuts. */
const outer = [...taskColumns.map(([name]) => name), "subject_name", "plan_cut", "plan_steps"];
/** Without a wish for states a queue shows what is still to do; an empty wish shows every state. */
const unfinished = "t.state not in ('done', 'false_positive')";
/** The predicate of the posture tile and of the mark in a row. */
const overdue = `(t.due_at < now() and t.clock_stopped_at is null and ${unfinished})`;

function taskConditions(query: TaskQuery, parameters: Parameters): string {
  const { filter } = query;
  const conditions = ["t.workspace_id = $1"];
  if (filter.state === undefined) conditions.push(unfinished);
  else if (filter.state.length > 0) conditions.push(`t.state = any(${parameters.bind(filter.state)})`);
  if (filter.queue === "mine") conditions.push(`t.assignee_id = ${parameters.bind(query.viewerId)}`);
  if (filter.queue === "unassigned") conditions.push("t.assignee_id is null");
  if (filter.severity !== undefined && filter.severity.length > 0) conditions.push(`t.severity = any(${parameters.bind(filter.severity)})`);
  if (filter.playbook !== undefined && filter.playbook.length > 0) conditions.push(`t.playbook = any(${parameters.bind(filter.playbook)})`);
  if (filter.subject !== undefined) conditions.push(subjectCondition(filter.subject, parameters));
  if (filter.overdue === true) conditions.push(overdue);
  const search = filter.search?.trim() ?? "";
  if (search !== "") {
    const pattern = parameters.bind(containsPattern(search));
    conditions.push(`(lower(t.title) like ${pattern} or lower(coalesce(i.name, src.name)) like ${pattern})`);
  }
  return conditions.join(" and ");
}

/** A plan made for an identity is among its tasks. */
function subjectCondition(subject: string, parameters: Parameters): string {
  if (!isUuid(subject)) return "false";
  const id = parameters.bind(subject);
  return `(t.subject_id = ${id} or t.plan_focus_id = ${id})`;
}

/** Worst first. */
export async function listTasks(
  sql: Sql,
  workspaceId: string,
  query: TaskQuery,
): Promise<Page<TaskRow> & { readonly total: Total; readonly counts: TaskCounts }> {
  const parameters = createParameters(workspaceId);
  const conditions = taskConditions(query, parameters);
  const total = await cappedTotal(sql, `${taskFrom} where ${conditions}`, parameters.values);
  const after = decodeCursor(query.page.cursor);
  const keyset =
    after === null ? "" : ` and (t.severity_rank, t.id) < (${parameters.bind(after[0])}::smallint, ${parameters.bind(after[1])}::uuid)`;
  const { rows } = await sql.query(
    `select ${outer.map((name) => `t.${name}`).join(", ")}, m.name as assignee_name, s.score_min, s.score_max,
            coalesce(${overdue}, false) as overdue,
            (select count(*) from finding f where f.workspace_id = $1 and f.subject_kind = t.subject_kind and f.subject_id = t.subject_id and f.playbook = t.playbook and f.state = 'open') as finding_count,
            (select a from jsonb_array_elements(d.actions) a where a ->> 'playbook' = t.playbook order by (a ->> 'max')::int limit 1) as action
       from (select t.*, coalesce(i.name, src.name, t.plan -> 'focus' ->> 'label', case when t.plan is null then 'removed' else 'the workspace' end) as subject_name,
                    (t.plan ->> 'riskCutPct')::float8 as plan_cut, jsonb_array_length(t.plan -> 'steps') as plan_steps ${taskFrom}
              where ${conditions}${keyset} order by t.severity_rank desc, t.id desc limit ${parameters.bind(query.page.limit + 1)}) t
       left join identity_score s on s.workspace_id = $1 and s.identity_id = t.subject_id
       left join identity_score_detail d on d.workspace_id = $1 and d.identity_id = t.subject_id
       left join workspace_member m on m.workspace_id = $1 and m.user_id = t.assignee_id
      order by t.severity_rank desc, t.id desc`,
    parameters.values,
  );
  return {
    ...pageOf(rows, query.page.limit, { item: taskRow, position: (row) => [row.severity_rank, row.id] }),
    total,
    counts: await countQueues(sql, workspaceId, query.viewerId),
  };
}

async function countQueues(sql: Sql, workspaceId: string, viewerId: string): Promise<TaskCounts> {
  const { rows } = await sql.query(
    `select count(*) filter (where t.assignee_id = $2) as mine, count(*) filter (where t.assignee_id is null) as unassigned, count(*) as all from task t where t.workspace_id = $1 and ${unfinished}`,
    [workspaceId, viewerId],
  );
  return rows[0];
}

function taskRow(row: DbRow): TaskRow {
  const action = row.action as { readonly min: number; readonly max: number } | null;
  return {
    id: row.id,
    title: row.title,
    playbook: row.playbook,
    state: row.state,
    severity: row.severity,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    assigneeId: row.assignee_id,
    assigneeName: row.assignee_name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    dueAt: row.due_at,
    overdue: row.overdue,
    snoozedUntil: row.snoozed_until,
    findingCount: row.finding_count,
    scoreNow: row.score_min === null ? null : { min: row.score_min, max: row.score_max },
    scoreAfter: action === null ? null : { min: action.min, max: action.max },
    plan: row.plan_steps === null ? null : { steps: row.plan_steps, riskCutPct: row.plan_cut },
    version: row.version,
  };
}
