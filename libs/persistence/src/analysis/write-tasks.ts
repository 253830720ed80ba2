import type { StoredTask, TaskChange } from "@rollcall/posture-pipeline";
import type { Severity } from "@rollcall/nhi-model";
import { copyIn, type CopyValue } from "../database/copy-in.ts";
import type { Sql } from "../database/database.ts";
import { severityRank } from "../severity-rank.ts";

export const taskColumns: readonly (readonly [name: string, type: string])[] = [
  ["id", "uuid"],
  ["subject_kind", "text"],
  ["subject_id", "uuid"],
  ["playbook", "text"],
  ["state", "text"],
  ["severity", "text"],
  ["severity_rank", "smallint"],
  ["title", "text"],
  ["assignee_id", "text"],
  ["created_at", "timestamptz(3)"],
  ["updated_at", "timestamptz(3)"],
  ["due_at", "timestamptz(3)"],
  ["clock_stopped_at", "timestamptz(3)"],
  ["snoozed_until", "timestamptz(3)"],
  ["exception", "jsonb"],
  ["version", "int"],
];

export const taskValues = (task: StoredTask): readonly CopyValue[] => [
  task.id,
  task.subjectKind,
  task.subjectId,
  task.playbook,
  task.state,
  task.severity,
  severityRank(task.severity as Severity),
  task.title,
  task.assigneeId,
  task.createdAt,
  task.updatedAt,
  task.dueAt,
  task.clockStoppedAt,
  task.snoozedUntil,
  task.exception === null ? null : { json: task.exception },
  task.version,
];

/** Stores what reconciliation decided. A task somebody changed meanwhile keeps their change; the next analysis looks at it again. */
export async function writeTasks(sql: Sql, workspaceId: string, changes: readonly TaskChange[]): Promise<void> {
  if (changes.length === 0) return;
  const names = taskColumns.map(([name]) => name);
  await sql.query(
    `create temp table task_draft (is_new boolean, ${taskColumns.map(([name, type]) => `${name} ${type}`).join(", ")}) on commit drop`,
  );
  await copyIn(
    sql,
    { table: "task_draft", columns: ["is_new", ...names] },
    changes.map((change) => [change.isNew, ...taskValues(change.task)]),
  );
  await sql.query("create temp table task_stored (task_id uuid) on commit drop");
  await sql.query(
    `with stored as (insert into task (workspace_id, ${names.join(", ")}) select $1, ${names.join(", ")} from task_draft where is_new
       on conflict (workspace_id, subject_kind, subject_id, playbook) do nothing returning id) insert into task_stored select id from stored`,
    [workspaceId],
  );
  await sql.query("create index on task_draft (id)");
  await sql.query("analyze task_draft");
  const mutable = names.filter((name) => name !== "id" && name !== "version");
  await sql.query(
    `with stored as (update task t set ${mutable.map((name) => `${name} = d.${name}`).join(", ")}, version = t.version + 1
       from task_draft d where not d.is_new and t.workspace_id = $1 and t.id = d.id and t.version = d.version returning t.id) insert into task_stored select id from stored`,
    [workspaceId],
  );
  await sql.query(
    "create temp table event_draft (task_id uuid, at timestamptz(3), actor_id text, kind text, text text, from_state text, to_state text) on commit drop",
  );
  await copyIn(
    sql,
    { table: "event_draft", columns: ["task_id", "at", "actor_id", "kind", "text", "from_state", "to_state"] },
    changes.flatMap((change) =>
      change.events.map((event): readonly CopyValue[] => [
        change.task.id,
        change.task.updatedAt,
        event.actorId,
        event.kind,
        event.text,
        event.fromState,
        event.toState,
      ]),
    ),
  );
  await sql.query("create index on task_stored (task_id)");
  await sql.query("analyze task_stored");
  await sql.query(
    `insert into task_event (workspace_id, task_id, at, actor_id, kind, text, from_state, to_state)
     select $1, e.task_id, e.at, e.actor_id, e.kind, e.text, e.from_state, e.to_state from event_draft e join task_stored s on s.task_id = e.task_id`,
    [workspaceId],
  );
}
