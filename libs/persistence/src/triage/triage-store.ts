import type { Severity } from "@rollcall/nhi-model";
import type { StoredTask, TaskEventDraft, TriageStore } from "@rollcall/posture-pipeline";
import { appendAudit } from "../audit/append-audit.ts";
import type { Database, Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { severityRank } from "../severity-rank.ts";
import { attestMany } from "./attest.ts";
import { openPlan, readPlans, withdrawPlan } from "./plan-tasks.ts";
import { insertEvent } from "./task-event.ts";

const storedTask = `id, subject_kind as "subjectKind", subject_id as "subjectId", playbook, state, severity, title, assignee_id as "assigneeId", created_at as "createdAt",
  updated_at as "updatedAt", due_at as "dueAt", clock_stopped_at as "clockStoppedAt", snoozed_until as "snoozedUntil", exception, version`;

export function createTriageStore(database: Database): TriageStore {
  const inside = database.sqlInWorkspace;
  return {
    allTasks: (workspaceId) =>
      inside(
        workspaceId,
        async (sql) =>
          (await sql.query<StoredTask>(`select ${storedTask} from task where workspace_id = $1 order by id`, [workspaceId])).rows,
        "read only",
      ),
    task: async (workspaceId, taskId) =>
      isUuid(taskId)
        ? inside(
            workspaceId,
            async (sql) =>
              (await sql.query<StoredTask>(`select ${storedTask} from task where workspace_id = $1 and id = $2`, [workspaceId, taskId]))
                .rows[0] ?? null,
            "read only",
          )
        : null,
    plans: (workspaceId) => inside(workspaceId, (sql) => readPlans(sql, workspaceId), "read only"),
    plan: async (workspaceId, taskId) =>
      isUuid(taskId) ? inside(workspaceId, async (sql) => (await readPlans(sql, workspaceId, taskId))[0]?.plan ?? null, "read only") : null,
    openPlan: (workspaceId, task, opening) => inside(workspaceId, (sql) => openPlan(sql, workspaceId, { task, ...opening })),
    withdrawPlan: (workspaceId, target) => inside(workspaceId, (sql) => withdrawPlan(sql, workspaceId, target)),
    taskEvents: async (workspaceId, taskId) =>
      isUuid(taskId) ? inside(workspaceId, (sql) => readEvents(sql, workspaceId, taskId), "read only") : [],
    saveTask: (workspaceId, task, event) => inside(workspaceId, (sql) => saveTask(sql, workspaceId, { task, event })),
    addTaskEvent: (workspaceId, taskId, event) =>
      inside(workspaceId, async (sql) => {
        await insertEvent(sql, workspaceId, { taskId, event, at: null });
        // What was said stays with the task; the log says that something was.
        await appendAudit(sql, workspaceId, { action: `task.${event.kind}`, object: { kind: "task", id: taskId } });
      }),
    attestMany: (workspaceId, identityIds, facts, actorId) =>
      inside(workspaceId, (sql) => attestMany(sql, workspaceId, { identityIds, facts, actorId })),
    members: (workspaceId) =>
      inside(
        workspaceId,
        async (sql) =>
          (
            await sql.query(
              `select user_id as "userId", name, email, role from workspace_member where workspace_id = $1 order by lower(name), user_id`,
              [workspaceId],
            )
          ).rows,
        "read only",
      ),
  };
}

async function readEvents(sql: Sql, workspaceId: string, taskId: string) {
  const { rows } = await sql.query(
    `select e.id, e.at, case when e.actor_id is null then 'Rollcall' else coalesce(m.name, 'former member') end as actor, e.kind, e.text
       from task_event e left join workspace_member m on m.workspace_id = $1 and m.user_id = e.actor_id
      where e.workspace_id = $1 and e.task_id = $2 order by e.id`,
    [workspaceId, taskId],
  );
  return rows;
}

async function saveTask(
  sql: Sql,
  workspaceId: string,
  change: { readonly task: StoredTask; readonly event: TaskEventDraft },
): Promise<boolean> {
  const { task, event } = change;
  const { rowCount } = await sql.query(
    `update task set state = $4, severity = $5, severity_rank = $6, title = $7, assignee_id = $8, updated_at = $9, due_at = $10, clock_stopped_at = $11,
            snoozed_until = $12, exception = $13, version = version + 1 where workspace_id = $1 and id = $2 and version = $3`,
    [
      workspaceId,
      task.id,
      task.version,
      task.state,
      task.severity,
      severityRank(task.severity as Severity),
      task.title,
      task.assigneeId,
      task.updatedAt,
      task.dueAt,
      task.clockStoppedAt,
      task.snoozedUntil,
      task.exception === null ? null : JSON.stringify(task.exception),
    ],
  );
  if (rowCount === 0) return false;
  await insertEvent(sql, workspaceId, { taskId: task.id, event, at: task.updatedAt });
  await appendAudit(sql, workspaceId, {
    action: `task.${event.kind}`,
    object: { kind: "task", id: task.id, label: task.title },
    detail: { from: event.fromState, to: event.toState, assigneeId: task.assigneeId },
  });
  return true;
}
