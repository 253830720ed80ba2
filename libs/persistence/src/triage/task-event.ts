import type { TaskEventDraft } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";

/** One line of the history of a task. `at` null = now, by the database. */
export async function insertEvent(
  sql: Sql,
  workspaceId: string,
  entry: { readonly taskId: string; readonly event: TaskEventDraft; readonly at: string | null },
): Promise<void> {
  const { event } = entry;
  await sql.query(
    "insert into task_event (workspace_id, task_id, at, actor_id, kind, text, from_state, to_state) values ($1, $2, coalesce($3, now()), $4, $5, $6, $7, $8)",
    [workspaceId, entry.taskId, entry.at, event.actorId, event.kind, event.text, event.fromState, event.toState],
  );
}
