import { z } from "zod";
import { workspaceRole } from "@rollcall/nhi-model";
import { AppError, randomToken } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const invitationHours = 72;

/** The link is shown once: only its hash is kept. */
export const create = authed(admins)
  .input(z.strictObject({ email: z.email().max(320).optional(), role: workspaceRole }))
  .mutation(async ({ ctx, input }): Promise<{ readonly url: string; readonly expiresAt: string }> => {
    // A link without a maker counts as the operator's, who may sign in anybody: no key may make one.
    if (ctx.viewer.userId === null) throw new AppError("forbidden", "Only a person can invite people");
    // An owner answers for what carries their address, so nobody may choose it themselves.
    if (input.role === "owner" && input.email === undefined)
      throw new AppError("invalid_input", "Owners act on what carries their address. Name the address you invite");
    const token = randomToken();
    const expiresAt = new Date(ctx.services.clock.now().getTime() + invitationHours * 3_600_000).toISOString();
    await ctx.services.accounts.createSignInLink({
      tokenHash: ctx.services.hashSecret(token),
      workspaceId: ctx.workspaceId,
      role: input.role,
      email: input.email?.toLowerCase() ?? null,
      createdBy: ctx.viewer.userId,
      expiresAt,
    });
    return { url: ctx.services.linkUrl(token), expiresAt };
  });
