import { transition } from "@rollcall/lifecycle";
import type { StoredTask } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { TaskAction } from "../schemas/task-action.ts";
import type { AuthedContext } from "../trpc.ts";
import { found } from "../words/found.ts";
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
  if (action.event === "assign" && action.assigneeId) await assertMember(ctx, action.assigneeId);
  const actor = { id: ctx.viewer.userId, role: ctx.role };
  const result = transition(asTask(stored), lifecycleEvent(action, stored, actor), { now: clock.now().toISOString(), actor });
  if (result.refusal !== undefined) throw new AppError("invalid_input", result.refusal);
  const saved = await triage.saveTask(ctx.workspaceId, result.task satisfies StoredTask, result.event);
  if (!saved) throw stale();
}

async function assertMember(ctx: AuthedContext, userId: string): Promise<void> {
  const members = await ctx.services.triage.members(ctx.workspaceId);
  if (members.some((member) => member.userId === userId && member.role !== "auditor")) return;
  throw new AppError("invalid_input", "Tasks go to a member of this workspace who may act on them", {
    fields: [{ pointer: "/assigneeId", message: "is no such member" }],
  });
}
