import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

export const revoke = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    const at = ctx.services.clock.now().toISOString();
    found((await ctx.services.accounts.revokeApiKey(ctx.workspaceId, input.id, at)) || null, "API key");
    return { ok: true };
  });
