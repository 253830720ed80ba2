import { z } from "zod";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

/** A person confirms that the held removals are real. */
export const approveRemovals = authed(stewards)
  .input(z.strictObject({ syncId: z.uuid() }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    const actor = ctx.viewer.userId ?? "api-key";
    found((await ctx.services.ingestions.approveRemovals(ctx.workspaceId, input.syncId, actor)) || null, "held sync");
    return { ok: true };
  });
