import { z } from "zod";
import { AppError } from "@rollcall/platform";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

/** Without a version nobody says what was looked at; a writer who is faster is still found out. */
export const withdrawPlanInput = z.strictObject({ id: z.uuid(), version: z.int().min(0).optional() });

/** Takes back a task that carries a plan: nobody is to carry it out. Tasks that findings opened cannot be taken back. */
export const withdrawPlan = authed(stewards)
  .input(withdrawPlanInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly id: string }> => {
    const task = found(await ctx.services.triage.task(ctx.workspaceId, input.id), "task");
    if (task.playbook !== "plan") throw new AppError("invalid_input", "Findings opened this task, and it goes when they go");
    const gone = await ctx.services.triage.withdrawPlan(ctx.workspaceId, { taskId: input.id, version: input.version ?? task.version });
    if (!gone) throw new AppError("conflict", "Somebody changed this task in the meantime. Look at it again before you withdraw it");
    return { id: input.id };
  });
