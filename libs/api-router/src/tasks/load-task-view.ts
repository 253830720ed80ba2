import type { TaskView } from "@rollcall/posture-pipeline";
import type { AuthedContext } from "../trpc.ts";
declare const pending: never;
export async function loadTaskView(ctx: AuthedContext, taskId: string): Promise<TaskView> {
  return pending;
}
