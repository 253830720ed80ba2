import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

/** Ends its keys, its federations and their tokens with the next request. It stays in the inventory, as disabled. */
export const disable = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    const at = ctx.services.clock.now().toISOString();
    found((await ctx.services.machines.disableServiceUser(ctx.workspaceId, input.id, at)) || null, "service user");
    return { ok: true };
  });
