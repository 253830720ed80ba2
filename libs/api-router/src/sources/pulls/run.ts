import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

/** Reads now instead of at the next turn. Without effect while it is being read. */
export const run = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    found((await ctx.services.pullSources.requestRun(ctx.workspaceId, input.id)) || null, "source");
    return { ok: true };
  });
