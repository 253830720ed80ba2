import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import type { AuthOptions } from "./create-auth.ts";
import { codePath, enterCodeOnce } from "./codes-once.ts";
import { weaknessOf, wordsOf } from "./password-rules.ts";
import { unusedCalls } from "./unused-calls.ts";

const setsPassword: ReadonlySet<string> = new Set(["/set-password", "/change-password"]);
const setsEmail = "/change-email";

/**
 * What the library leaves to its caller: a call that nothing uses is none, a code is entered once, whose session a sign-out ends is known to the log, a new password is not one that is tried first, a
 * changed one ends every other session, and nobody but an admin, who sees everything anyway, names an address of their own choice as theirs.
 */
export function beforeAccountCalls({ accounts, hashSecret }: Pick<AuthOptions, "accounts" | "hashSecret">) {
  return createAuthMiddleware(async (ctx) => {
    if (unusedCalls.has(ctx.path)) throw new APIError("NOT_FOUND");
    if (ctx.path === codePath) return enterCodeOnce(ctx, hashSecret);
    if (ctx.path !== "/sign-out" && ctx.path !== setsEmail && !setsPassword.has(ctx.path)) return;
    const session = await getSessionFromCtx(ctx);
    if (session === null || ctx.path === "/sign-out") return;
    const body = ctx.body as { readonly newPassword?: unknown } | undefined;
    const workspaces = await accounts.workspacesOf(session.user.id);
    if (ctx.path === setsEmail) {
      if (workspaces.every(({ role }) => role === "admin")) return;
      throw new APIError("FORBIDDEN", {
        code: "EMAIL_IS_AN_OWNER_NAME",
        message: "Your address says which identities you answer for. Ask an admin to invite you with another one",
      });
    }
    const own = wordsOf(session.user.email, session.user.name, ...workspaces.map(({ name }) => name));
    const weakness = typeof body?.newPassword === "string" ? weaknessOf(body.newPassword, own) : null;
    if (weakness !== null)
      throw new APIError("BAD_REQUEST", { code: "PASSWORD_TOO_WEAK", message: `This password is too easy to guess. ${weakness}` });
    if (ctx.path === "/change-password") return { context: { ...ctx, body: { ...body, revokeOtherSessions: true } } };
  });
}
