import { transition } from "@rollcall/lifecycle";
import type { StoredTask } from "@rollcall/posture-pipeline";
import { actAs, AppError, currentActor } from "@rollcall/platform";
import type { TaskAction } from "../schemas/task-action.ts";
import type { AuthedContext } from "../trpc.ts";
import { found } from "../words/found.ts";
import { ownersOf } from "../words/ownership.ts";
import { asTask, lifecycleEvent } from "./lifecycle-event.ts";
import { assertMayTouch } from "./may-touch.ts";

const stale = (): AppError => new AppError("conflict", "Somebody changed this task in the meantime. Look at it again before you act");

/** One event on one task. `version` null skips the check of what the person saw, never the one against concurrent writers. */
export async function applyTaskAction(
  ctx: AuthedContext,
  target: { readonly id: string; readonly version: number | null },
  action: TaskAction,
): Promise<void> {
  const { triage, clock } = ctx.services;
  const stored = found(await triage.task(ctx.workspaceId, target.id), "task");
  assertMayTouch(ctx, stored, action.event);
  if (target.version !== null && target.version !== stored.version) throw stale();
  if (action.event === "assign" && action.assigneeId) await assertMayReceive(ctx, stored.id, action.assigneeId);
  const actor = { id: ctx.viewer.userId, role: ctx.role };
  const result = transition(asTask(stored), lifecycleEvent(action, stored, actor), { now: clock.now().toISOString(), actor });
  if (result.refusal !== undefined) throw new AppError("invalid_input", result.refusal);
  const saved = await triage.saveTask(ctx.workspaceId, result.task satisfies StoredTask, result.event);
  if (!saved) throw stale();
}

async function assertMayReceive(ctx: AuthedContext, taskId: string, userId: string): Promise<void> {
  const refuse = (why: string, message: string): AppError =>
    new AppError("invalid_input", why, { fields: [{ pointer: "/assigneeId", message }] });
  const member = (await ctx.services.triage.members(ctx.workspaceId)).find((each) => each.userId === userId);
  if (member === undefined || member.role === "auditor")
    throw refuse("Tasks go to a member of this workspace who may act on them", "is no such member");
  const membership = (await ctx.services.accounts.workspacesOf(userId)).find(({ id }) => id === ctx.workspaceId);
  if (membership?.limited !== true) return;
  const seenByThem = await actAs({ ...currentActor(), limitedTo: ownersOf(membership, member.email) }, () =>
    ctx.services.triage.task(ctx.workspaceId, taskId),
  );
  if (seenByThem === null)
    throw refuse("This person sees only what their teams answer for, and this task is about something else", "would not see the task");
}
