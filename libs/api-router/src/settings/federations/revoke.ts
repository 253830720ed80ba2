import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

/** Also ends the tokens that were given under it. */
export const revoke = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    const at = ctx.services.clock.now().toISOString();
    found((await ctx.services.machines.revokeFederation(ctx.workspaceId, input.id, at)) || null, "federation");
    return { ok: true };
  });
