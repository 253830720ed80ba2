import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint, sensitiveSessionMiddleware } from "better-auth/api";
import { z } from "zod";

export const passwordLength = { min: 12, max: 128 } as const;

/** For people who came by a link and have no password yet. Changing one needs the current one: `/change-password`. */
export function setFirstPassword() {
  return {
    id: "set-first-password",
    endpoints: {
      setFirstPassword: createAuthEndpoint(
        "/set-password",
        {
          method: "POST",
          body: z.object({ newPassword: z.string().min(passwordLength.min).max(passwordLength.max) }),
          use: [sensitiveSessionMiddleware],
        },
        async (ctx) => {
          const { user } = ctx.context.session;
          const account = await ctx.context.internalAdapter.findCredentialAccount(user.id);
          if (account?.password)
            throw new APIError("BAD_REQUEST", { code: "PASSWORD_ALREADY_SET", message: "You have a password already. Change it instead" });
          const password = await ctx.context.password.hash(ctx.body.newPassword);
          if (account) await ctx.context.internalAdapter.updateAccount(account.id, { password });
          else await ctx.context.internalAdapter.linkAccount({ userId: user.id, providerId: "credential", accountId: user.id, password });
          return ctx.json({ status: true });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
