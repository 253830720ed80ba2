import { z } from "zod";
import { AppError } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

/** Whether a member sees the whole workspace or only what their teams answer for. Takes effect with their next request. */
export const setLimited = authed(admins)
  .input(z.strictObject({ userId: z.string().min(1).max(128), limited: z.boolean() }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    const outcome = await ctx.services.accounts.setMemberLimited(ctx.workspaceId, input.userId, input.limited);
    if (outcome === "not_found") throw new AppError("not_found", "There is no such member");
    if (outcome === "is_admin") throw new AppError("conflict", "An admin answers for the whole workspace. Give them another role first");
    return { ok: true };
  });
