import { z } from "zod";
import { workspaceRole } from "@rollcall/nhi-model";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { assertChanged } from "./assert-changed.ts";

export const setRole = authed(admins)
  .input(z.strictObject({ userId: z.string().min(1).max(128), role: workspaceRole }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    assertChanged(await ctx.services.accounts.setMemberRole(ctx.workspaceId, input.userId, input.role));
    return { ok: true };
  });
