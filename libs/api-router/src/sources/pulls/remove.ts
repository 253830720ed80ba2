import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

/** Stops reading the address and forgets its credential. What was read stays until its source is removed. */
export const remove = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    found((await ctx.services.pullSources.remove(ctx.workspaceId, input.id)) || null, "source");
    return { ok: true };
  });
