import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins";
import type { AuthDatabase } from "@rollcall/persistence";
import { deriveKey } from "@rollcall/platform";
import type { AccountsStore, AuditStore } from "@rollcall/posture-pipeline";
import { afterAccountCalls } from "./after-account-calls.ts";
import { auditAccountEvents } from "./audit-account-events.ts";
import { beforeAccountCalls } from "./before-account-calls.ts";
import { oneTimeLink } from "./one-time-link.ts";
import { hashPassword, isPassword } from "./password-hash.ts";
import { signInOptions } from "./sign-in-options.ts";
import { singleSignOnAccounts, signInPage, singleSignOn, ssoProviderId, type SingleSignOn } from "./single-sign-on.ts";
import { passwordLength, setFirstPassword } from "./set-first-password.ts";
import { strictProvider } from "./strict-provider.ts";

const trustedDeviceDays = 30;
export const sessionIdleMinutes = 30;

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
  /** Null when the operator named no provider. */
  readonly sso: SingleSignOn | null;
}

/** Accounts and sessions. There is no open sign-up: people come by a one-time link and may set a password afterwards. */
export function createAuth(options: AuthOptions) {
  const baseURL = options.origins[0];
  const { sso } = options;
  const origin = new URL(baseURL ?? "http://localhost");
  const isHttps = origin.protocol === "https:";
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
      password: { hash: hashPassword, verify: isPassword },
    },
    user: { changeEmail: { enabled: true, updateEmailWithoutVerification: true } },
    session: { expiresIn: sessionIdleMinutes * 60, updateAge: 60, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: signInPage },
    advanced: {
      // The library leaves this check out where NODE_ENV says test; what is tried is what runs.
      disableOriginCheck: false,
      // With `__Host-` no neighbour on a parent domain can set them. Browsers take that prefix over https only; the library's own prefix is weaker.
      cookiePrefix: isHttps ? "__Host-rollcall" : "rollcall",
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps },
    },
    // Its own messages name accounts; what we need is logged by the server around it.
    logger: { disabled: true },
    hooks: { before: beforeAccountCalls(options), after: afterAccountCalls(options) },
    account: {
      accountLinking: {
        enabled: true,
        trustedProviders: sso === null ? [] : [ssoProviderId],
        // An address that nobody had proven is taken over by whom the provider proves it for; see singleSignOnAccounts.
        requireLocalEmailVerified: false,
      },
    },
    ...(sso === null ? {} : { databaseHooks: { account: singleSignOnAccounts(sso, options.accounts) } }),
    plugins: [
      oneTimeLink(options),
      setFirstPassword(),
      signInOptions(sso?.name ?? null),
      // People who came by a link may have no password to ask for before the second factor is set up.
      twoFactor({ issuer: "Rollcall", allowPasswordless: true, trustDeviceMaxAge: trustedDeviceDays * 86_400 }),
      passkey({ rpID: origin.hostname, rpName: "Rollcall", origin: [...options.origins] }),
      ...(sso === null ? [] : [singleSignOn(sso), strictProvider(sso)]),
      auditAccountEvents(options),
    ],
  });
}
export type Auth = ReturnType<typeof createAuth>;
