import type { TaskView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { loadTaskView } from "./load-task-view.ts";

export const get = authed(everyone, "own")
  .input(idInput)
  .query(({ ctx, input }): Promise<TaskView> => loadTaskView(ctx, input.id));
