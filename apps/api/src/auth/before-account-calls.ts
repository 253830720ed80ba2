import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import type { AccountsStore } from "@rollcall/posture-pipeline";
import { weaknessOf, wordsOf } from "./password-rules.ts";

const setsPassword: ReadonlySet<string> = new Set(["/set-password", "/change-password"]);

/**
 * What the library leaves to its caller: whose session a sign-out ends is known to the log, a new password is not one that is tried first, and a
 * changed one ends every other session.
 */
export function beforeAccountCalls({ accounts }: { readonly accounts: AccountsStore }) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path !== "/sign-out" && !setsPassword.has(ctx.path)) return;
    const session = await getSessionFromCtx(ctx);
    if (session === null || !setsPassword.has(ctx.path)) return;
    const body = ctx.body as { readonly newPassword?: unknown } | undefined;
    const workspaces = await accounts.workspacesOf(session.user.id);
    const own = wordsOf(session.user.email, session.user.name, ...workspaces.map(({ name }) => name));
    const weakness = typeof body?.newPassword === "string" ? weaknessOf(body.newPassword, own) : null;
    if (weakness !== null)
      throw new APIError("BAD_REQUEST", { code: "PASSWORD_TOO_WEAK", message: `This password is too easy to guess. ${weakness}` });
    if (ctx.path === "/change-password") return { context: { ...ctx, body: { ...body, revokeOtherSessions: true } } };
  });
}
