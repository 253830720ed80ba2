import type { StoredTask } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { AuthedContext } from "../trpc.ts";

type Actor = Pick<AuthedContext, "role" | "viewer">;

/** Owners act on what is assigned to them and may claim what is nobody's; assigning to others is the stewards' job. */
export function touchRefusal({ role, viewer }: Actor, task: Pick<StoredTask, "assigneeId">, event: string): string | null {
  if (viewer.userId === null && (event === "claim" || event === "start")) return "An API key cannot take a task; only a person can";
  if (role === "admin" || role === "analyst") return null;
  if (role === "auditor") return "Auditors read only";
  if (event === "assign") return "Only admins and analysts assign tasks";
  if (task.assigneeId !== null && task.assigneeId === viewer.userId) return null;
  if (task.assigneeId === null) return event === "claim" ? null : "Claim the task first";
  return "This task is assigned to somebody else";
}

export function assertMayTouch(actor: Actor, task: Pick<StoredTask, "assigneeId">, event: string): void {
  const refusal = touchRefusal(actor, task, event);
  if (refusal !== null) throw new AppError("forbidden", refusal);
}
