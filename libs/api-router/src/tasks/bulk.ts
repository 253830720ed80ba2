import { z } from "zod";
import { AppError } from "@rollcall/platform";
import { actors } from "../access-matrix.ts";
import { taskFilter } from "../schemas/filters.ts";
import { taskActionDetail } from "../schemas/task-action.ts";
import { authed } from "../trpc.ts";
import { applyTaskAction } from "./apply-task-action.ts";
import { idsOfFilter } from "./ids-of-filter.ts";

/** More than this at once is a sign of a wrong filter, and would hold the request too long. */
export const bulkLimit = 1000;

export const bulkInput = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(bulkLimit).optional(),
    filter: taskFilter.optional(),
    ...taskActionDetail,
  })
  .refine((input) => (input.ids === undefined) !== (input.filter === undefined), { error: "Give either ids or a filter" });

export interface BulkOutcome {
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** Each task is judged by itself: one refusal does not undo the others. */
export const bulk = authed(actors, "own")
  .input(bulkInput)
  .mutation(async ({ ctx, input }): Promise<BulkOutcome> => {
    const { ids, filter, ...action } = input;
    const targets = ids ?? (await idsOfFilter(ctx, filter ?? {}, bulkLimit));
    const refused: { id: string; reason: string }[] = [];
    for (const id of new Set(targets)) {
      try {
        await applyTaskAction(ctx, { id, version: null }, action);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === "unavailable") throw error;
        refused.push({ id, reason: error.message });
      }
    }
    return { done: new Set(targets).size - refused.length, refused };
  });
