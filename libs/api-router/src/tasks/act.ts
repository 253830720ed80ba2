import type { TaskView } from "@rollcall/posture-pipeline";
import { actors } from "../access-matrix.ts";
import { taskActionInput } from "../schemas/task-action.ts";
import { authed } from "../trpc.ts";
import { applyTaskAction } from "./apply-task-action.ts";
import { loadTaskView } from "./load-task-view.ts";

export const act = authed(actors, "own")
  .input(taskActionInput)
  .mutation(async ({ ctx, input }): Promise<TaskView> => {
    const { id, version, ...action } = input;
    await applyTaskAction(ctx, { id, version }, action);
    return loadTaskView(ctx, id);
  });
