import { APIError, createAuthMiddleware } from "better-auth/api";
import type { BetterAuthPlugin } from "better-auth";
import { signInPage, ssoProviderId, type SingleSignOn } from "./single-sign-on.ts";

const beginsAt = "/sign-in/social";
const answeredAt = "/callback/:id";

/** Operators write an issuer with and without its last slash. */
const withoutEnd = (issuer: string | undefined): string | undefined => (issuer?.endsWith("/") === true ? issuer.slice(0, -1) : issuer);

/**
 * What the sign-in library leaves open, closed: it believes whatever issuer the discovery document names, lets people in without an ID token when the
 * provider sends none, and takes ID tokens that a browser brings along, from whomever it has them. Stands behind the library's own plugin,
 * which reads the discovery document when somebody first asks.
 */
export const strictProvider = (sso: SingleSignOn) => {
  const strict = new WeakSet<object>();
  return {
    id: "strict-provider",
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === beginsAt || path === answeredAt,
          handler: createAuthMiddleware(async (ctx) => {
            const brought = (ctx.body as { readonly idToken?: unknown } | undefined)?.idToken;
            if (brought !== undefined)
              throw new APIError("FORBIDDEN", {
                code: "ID_TOKEN_BROUGHT",
                message: "Sign in at the provider; its tokens are not taken from a browser",
              });
            const provider = ctx.context.socialProviders.find(({ id }) => id === ssoProviderId);
            if (provider === undefined) return;
            if (withoutEnd(provider.issuer) !== withoutEnd(sso.issuer)) {
              if (ctx.path === answeredAt) throw ctx.redirect(`${signInPage}?error=issuer_mismatch`);
              throw new APIError("FORBIDDEN", {
                code: "ISSUER_MISMATCH",
                message: "The provider calls itself by another address than the configured one",
              });
            }
            if (strict.has(provider)) return;
            strict.add(provider);
            const { getUserInfo } = provider;
            provider.getUserInfo = async (tokens) => (tokens.idToken === undefined ? null : getUserInfo(tokens));
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
};
