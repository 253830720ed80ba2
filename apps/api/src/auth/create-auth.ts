import { betterAuth } from "better-auth";
import type { AuthDatabase } from "@rollcall/persistence";
import { deriveKey } from "@rollcall/platform";
import type { AccountsStore, AuditStore } from "@rollcall/posture-pipeline";
import { auditAccountEvents, knowWhoSignsOut } from "./audit-account-events.ts";
import { oneTimeLink } from "./one-time-link.ts";
import { passwordLength, setFirstPassword } from "./set-first-password.ts";

export const sessionIdleMinutes = 30;
export const sessionAbsoluteHours = 12;

export interface AuthOptions {
  /** Path that a sign-in link leads to. */
  readonly landingPage: string;
  readonly database: AuthDatabase;
  readonly rootKey: string;
  readonly origins: readonly string[];
  readonly accounts: AccountsStore;
  readonly audit: AuditStore;
  readonly hashSecret: (secret: string) => string;
  readonly now: () => Date;
}

/** Accounts and sessions. There is no open sign-up: people come by a one-time link and may set a password afterwards. */
export function createAuth(options: AuthOptions) {
  const baseURL = options.origins[0];
  return betterAuth({
    appName: "Rollcall",
    baseURL,
    basePath: "/api/auth",
    secret: deriveKey(options.rootKey, "rollcall", "auth/v1").toString("hex"),
    database: options.database,
    trustedOrigins: [...options.origins],
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
    },
    user: { changeEmail: { enabled: true, updateEmailWithoutVerification: true } },
    session: { expiresIn: sessionIdleMinutes * 60, updateAge: 60, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "rollcall",
      useSecureCookies: baseURL?.startsWith("https://") ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
    },
    // Its own messages name accounts; what we need is logged by the server around it.
    logger: { disabled: true },
    hooks: { before: knowWhoSignsOut, after: auditAccountEvents(options) },
    plugins: [oneTimeLink(options), setFirstPassword()],
  });
}
export type Auth = ReturnType<typeof createAuth>;
