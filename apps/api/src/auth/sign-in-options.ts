import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";

/** What the sign-in page may offer; asked before anybody is signed in. */
export const signInOptions = (ssoName: string | null) =>
  ({
    id: "sign-in-options",
    endpoints: {
      signInOptions: createAuthEndpoint("/sign-in-options", { method: "GET" }, async (ctx) =>
        ctx.json({ sso: ssoName === null ? null : { name: ssoName }, passkey: true }),
      ),
    },
  }) satisfies BetterAuthPlugin;
