import type { StoredTask } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { AuthedContext } from "../trpc.ts";

/** Owners act on what is assigned to them and may claim what is nobody's; assigning to others is the stewards' job. */
export function touchRefusal(ctx: Pick<AuthedContext, "role" | "viewer">, task: Pick<StoredTask, "assigneeId">, event: string): string | null {
  if (ctx.role === "admin" || ctx.role === "analyst") return null;
  if (ctx.role === "auditor") return "Auditors read only";
  if (event === "assign") return "Only admins and analysts assign tasks to others";
  if (task.assigneeId !== null && task.assigneeId === ctx.viewer.userId) return null;
  if (task.assigneeId === null) return event === "claim" ? null : "Claim the task first";
  return "This task is assigned to somebody else";
}

export function assertMayTouch(ctx: Pick<AuthedContext, "role" | "viewer">, task: StoredTask, event: string): void {
  const refusal = touchRefusal(ctx, task, event);
  if (refusal !== null) throw new AppError("forbidden", refusal);
}
