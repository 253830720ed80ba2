import type { AuthedContext } from "../trpc.ts";
import type { TaskAction } from "../schemas/task-action.ts";
declare const pending: never;
export async function applyTaskAction(ctx: AuthedContext, target: { readonly id: string; readonly version: number | null }, action: TaskAction): Promise<void> {
  return pending;
}
