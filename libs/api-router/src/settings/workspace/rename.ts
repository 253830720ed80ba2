import { z } from "zod";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const rename = authed(admins)
  .input(z.strictObject({ name: z.string().trim().min(1).max(120) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    await ctx.services.accounts.renameWorkspace(ctx.workspaceId, input.name);
    return { ok: true };
  });
