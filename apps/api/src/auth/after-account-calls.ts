import { APIError, createAuthMiddleware } from "better-auth/api";
import type { AuthOptions } from "./create-auth.ts";
import { hashPassword, isOutdated } from "./password-hash.ts";

type Options = Pick<AuthOptions, "accounts">;
type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** After these a device that was let in without a code before is asked for one again. */
const changesProof: ReadonlySet<string> = new Set(["/change-password", "/two-factor/disable"]);

/** What the library leaves to its caller once a call succeeded. A password alone has a session here for a moment, also where a second factor follows. */
export const afterAccountCalls = ({ accounts }: Options) =>
  createAuthMiddleware(async (ctx) => {
    const { newSession, session, returned } = ctx.context;
    if (ctx.path === "/sign-in/email" && newSession !== null) await renewPasswordHash(ctx, newSession.user.id);
    if (newSession !== null) await endFormerSession(ctx, newSession.session.token);
    const user = newSession?.user ?? session?.user;
    if (changesProof.has(ctx.path) && user !== undefined && !(returned instanceof APIError)) await accounts.forgetTrustedDevices(user.id);
  });

/** The only moment at which a hash can be made anew: the password is there, and right. */
async function renewPasswordHash(ctx: Context, userId: string): Promise<void> {
  const { internalAdapter } = ctx.context;
  const account = await internalAdapter.findCredentialAccount(userId);
  if (!account?.password || !isOutdated(account.password)) return;
  const { password } = ctx.body as { readonly password: string };
  await internalAdapter.updateAccount(account.id, { password: await hashPassword(password) });
}

/** One browser has one session: the cookie of the former is being written over, and nobody but a thief of it could use it from now on. */
async function endFormerSession(ctx: Context, token: string): Promise<void> {
  const { authCookies, secret, internalAdapter } = ctx.context;
  const former = await ctx.getSignedCookie(authCookies.sessionToken.name, secret);
  if (typeof former === "string" && former !== token) await internalAdapter.deleteSession(former);
}
