import { createAuthEndpoint, getSessionFromCtx } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import type { BetterAuthPlugin } from "better-auth";
import { z } from "zod";
import { actAs } from "@rollcall/platform";
import type { AuthOptions } from "./create-auth.ts";
import { invitationPage } from "./invitation-page.ts";

export const oneTimeLinkPath = "/one-time-link";

const query = z.object({
  token: z.string().min(20).max(200),
  name: z.string().trim().min(1).max(120).optional(),
  email: z.email().max(320).optional(),
  join: z.literal("1").optional(),
});

/**
 * Opens a one-time link. A link of the instance's operator signs in the person it names, new or known. An invitation made by an admin
 * never signs in an account that exists already: whoever made the link would otherwise become that person. It adds the workspace to it
 * once that person is signed in.
 */
export function oneTimeLink({ accounts, hashSecret, now, landingPage }: AuthOptions) {
  return {
    id: "one-time-link",
    endpoints: {
      openOneTimeLink: createAuthEndpoint(oneTimeLinkPath, { method: "GET", query }, async (ctx) => {
        const tokenHash = hashSecret(ctx.query.token);
        const link = await accounts.peekSignInLink(tokenHash, now().toISOString());
        if (link === null) throw ctx.redirect("/sign-in?error=link_used");
        // Chat programs open every link they see. An invitation is used up by a person's click only.
        if (link.createdBy !== null && ctx.query.join === undefined) return htmlPage(invitationPage(ctx.query.token, link.email));
        const email = (link.email ?? ctx.query.email)?.toLowerCase();
        if (email === undefined) return htmlPage(invitationPage(ctx.query.token, null));
        const known = await ctx.context.internalAdapter.findUserByEmail(email);
        const session = await getSessionFromCtx(ctx);
        if (known !== null && link.createdBy !== null && session?.user.id !== known.user.id)
          throw ctx.redirect("/sign-in?error=sign_in_first");
        // Only now is the link used up: the checks above change nothing and may be repeated.
        if ((await accounts.redeemSignInLink(tokenHash, now().toISOString())) === null) throw ctx.redirect("/sign-in?error=link_used");
        // Opening a link proves nothing about the address, and an unproven one can still be corrected in Settings.
        const user =
          known?.user ??
          (await ctx.context.internalAdapter.createUser(
            { email, name: ctx.query.name ?? nameOf(email), emailVerified: false },
            { method: "one-time-link" },
          ));
        if (user === null || user === undefined) throw ctx.redirect("/sign-in?error=failed");
        await actAs({ kind: "person", id: user.id, name: user.name, requestId: null }, () =>
          accounts.addMember(link.workspaceId, user.id, link.role),
        );
        const created = await ctx.context.internalAdapter.createSession(user.id);
        if (created === null) throw ctx.redirect("/sign-in?error=failed");
        await setSessionCookie(ctx, { session: created, user });
        throw ctx.redirect(landingPage);
      }),
    },
  } satisfies BetterAuthPlugin;
}

const htmlPage = (html: string): Response => new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });

/** `ada.lovelace@example.org` -> `Ada Lovelace`: a first name to show until the person changes it. */
export function nameOf(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[._+-]+/).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || "Member";
}
