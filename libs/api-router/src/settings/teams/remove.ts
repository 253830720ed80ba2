import { AppError } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { idInput } from "../../schemas/page-input.ts";
import { authed } from "../../trpc.ts";

/** Members limited to their teams see less at once. */
export const remove = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
    if (!(await ctx.services.accounts.removeTeam(ctx.workspaceId, input.id))) throw new AppError("not_found", "There is no such team");
    return { ok: true };
  });
