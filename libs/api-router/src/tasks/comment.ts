import { z } from "zod";
import type { TaskView } from "@rollcall/posture-pipeline";
import { actors } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";
import { assertMayTouch } from "./may-touch.ts";
import { loadTaskView } from "./load-task-view.ts";

export const comment = authed(actors, "own")
  .input(z.strictObject({ id: z.uuid(), text: z.string().trim().min(1).max(4000) }))
  .mutation(async ({ ctx, input }): Promise<TaskView> => {
    const task = found(await ctx.services.triage.task(ctx.workspaceId, input.id), "task");
    assertMayTouch(ctx, task, "comment");
    await ctx.services.triage.addTaskEvent(ctx.workspaceId, input.id, {
      actorId: ctx.viewer.userId,
      kind: "comment",
      text: input.text,
      fromState: null,
      toState: null,
    });
    return loadTaskView(ctx, input.id);
  });
