import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

/** Stops the reading under way. What is already being stored goes on as an import of its own. */
export const cancel = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    found((await ctx.services.pullSources.cancelRun(ctx.workspaceId, input.id)) || null, "source");
    return { ok: true };
  });
