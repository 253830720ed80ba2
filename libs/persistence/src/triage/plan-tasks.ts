import type { OpenedPlan, StoredPlan, StoredTask, TaskPlan } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import { appendAudit } from "../audit/append-audit.ts";
import { taskColumns, taskValues } from "../analysis/write-tasks.ts";
import type { Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { insertEvent } from "./task-event.ts";

export async function readPlans(sql: Sql, workspaceId: string, taskId?: string): Promise<readonly (StoredPlan & { plan: TaskPlan })[]> {
  const { rows } = await sql.query(
    `select id as "taskId", plan from task where workspace_id = $1 and plan is not null and ($2::uuid is null or id = $2) order by id`,
    [workspaceId, taskId ?? null],
  );
  return rows;
}

interface Opening {
  readonly task: StoredTask;
  readonly plan: TaskPlan;
  readonly actorId: string | null;
}

/** The same steps have one task, whoever opens it and however often. */
export async function openPlan(sql: Sql, workspaceId: string, { task, plan, actorId }: Opening): Promise<OpenedPlan> {
  // A source that goes takes its plans with it; one that is opened meanwhile must not stay behind.
  const sources = await sql.query("select 1 from source where workspace_id = $1 and id = any($2::uuid[]) for key share", [
    workspaceId,
    plan.sourceIds,
  ]);
  if (sources.rows.length < plan.sourceIds.length)
    throw new AppError("conflict", "A source that this plan speaks of was removed in the meantime. Look at the plan again");
  const focusId = plan.focus?.entityId;
  const values = taskValues(task).map((value) => (isJson(value) ? JSON.stringify(value.json) : value));
  const names = [...taskColumns.map(([name]) => name), "plan", "plan_focus_id"];
  const { rows } = await sql.query(
    `insert into task (workspace_id, ${names.join(", ")}) values ($1, ${names.map((_, index) => `$${index + 2}`).join(", ")})
       on conflict (workspace_id, subject_kind, subject_id, playbook) do nothing returning id`,
    [workspaceId, ...values, JSON.stringify(plan), focusId !== null && focusId !== undefined && isUuid(focusId) ? focusId : null],
  );
  if (rows[0] === undefined) return { taskId: await knownTask(sql, workspaceId, task), opened: false };
  const event = { actorId, kind: "opened", text: null, fromState: null, toState: task.state };
  await insertEvent(sql, workspaceId, { taskId: task.id, event, at: task.createdAt });
  await appendAudit(sql, workspaceId, {
    action: "task.opened",
    object: { kind: "task", id: task.id, label: task.title },
    detail: { steps: plan.steps.length, riskCutPct: plan.riskCutPct },
  });
  return { taskId: task.id, opened: true };
}

const isJson = (value: unknown): value is { readonly json: unknown } => typeof value === "object" && value !== null && "json" in value;

async function knownTask(sql: Sql, workspaceId: string, task: StoredTask): Promise<string> {
  const { rows } = await sql.query(
    "select id from task where workspace_id = $1 and subject_kind = $2 and subject_id = $3 and playbook = $4",
    [workspaceId, task.subjectKind, task.subjectId, task.playbook],
  );
  return rows[0].id;
}

export async function withdrawPlan(
  sql: Sql,
  workspaceId: string,
  { taskId, version }: { readonly taskId: string; readonly version: number },
): Promise<boolean> {
  const { rows } = await sql.query(
    "delete from task where workspace_id = $1 and id = $2 and version = $3 and plan is not null returning title, state, assignee_id",
    [workspaceId, taskId, version],
  );
  const [gone] = rows;
  if (gone === undefined) return false;
  await appendAudit(sql, workspaceId, {
    action: "task.withdrawn",
    object: { kind: "task", id: taskId, label: gone.title },
    detail: { from: gone.state, assigneeId: gone.assignee_id },
  });
  return true;
}
