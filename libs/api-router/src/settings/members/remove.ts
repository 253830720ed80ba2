import { z } from "zod";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { assertChanged } from "./assert-changed.ts";

export const remove = authed(admins)
  .input(z.strictObject({ userId: z.string().min(1).max(128) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    assertChanged(await ctx.services.accounts.removeMember(ctx.workspaceId, input.userId));
    return { ok: true };
  });
