import { z } from "zod";
import type { SingleSignOn } from "./auth/single-sign-on.ts";
import { workspaceRole } from "@rollcall/nhi-model";
import { AppError, databaseEnv, hostList, networkList, parseEnv } from "@rollcall/platform";

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

const apiEnv = databaseEnv.extend({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(4700),
  /** What people type into the browser; http://localhost:PORT when not set. */
  ORIGIN: origin.optional(),
  /** Where the dashboard process listens. Page requests are forwarded to it. */
  DASHBOARD_URL: origin.optional(),
  /** Where the database, the logs and the keys of an instance on one machine are: its disk is watched. */
  ROLLCALL_DATA_DIR: z.string().min(1).optional(),
  /** Single sign-on by OpenID Connect, when all three are set. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the button says. */
  OIDC_NAME: z.string().min(1).max(60).default("single sign-on"),
  /** Role of people nobody invited; they are sent away when it is not set. */
  OIDC_DEFAULT_ROLE: workspaceRole.optional(),
  /** `true` for a provider that states no email_verified and whose addresses can be trusted. */
  OIDC_TRUST_EMAIL: z.enum(["true", "false"]).default("false"),
  /** `host` or `host:port`, separated by commas: what Rollcall may call on networks of your own (issuers, sources). Nothing else there is called. */
  ROLLCALL_PRIVATE_HOSTS: hostList,
  /** Addresses or ranges of the proxies before us, separated by commas: what they say in X-Forwarded-For is believed, nothing else is. */
  TRUSTED_PROXIES: networkList,
  /** What the first page after a sign-in link is: the choice of how to begin, the posture page, or sources. */
  ROLLCALL_START_MODE: z.enum(["ask", "demo", "empty"]).default("ask"),
});

const landingPages = { ask: "/welcome", demo: "/", empty: "/sources" } as const;

export interface ApiEnv {
  readonly databaseUrl: string;
  /** Where a pooler stands before it, in transaction mode. */
  readonly poolUrl?: string | undefined;
  readonly rootKey: string;
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly dashboardUrl: string | null;
  /** Path of the page that a sign-in link leads to. */
  readonly landingPage: string;
  /** Absent or null: its disk is not on this machine. */
  readonly dataDir?: string | null;
  readonly sso: SingleSignOn | null;
  /** What may be called although it is not on the public internet. */
  readonly privateHosts: readonly string[];
  /** Believed about the address of whom they speak for. */
  readonly trustedProxies?: readonly string[];
}

export function readEnv(source: Readonly<Record<string, string | undefined>>): ApiEnv {
  const env = parseEnv(apiEnv, source);
  return {
    databaseUrl: env.DATABASE_URL,
    poolUrl: env.DATABASE_POOL_URL,
    rootKey: env.ROLLCALL_SECRET,
    host: env.HOST,
    port: env.PORT,
    origin: env.ORIGIN ?? `http://localhost:${env.PORT}`,
    dashboardUrl: env.DASHBOARD_URL ?? null,
    landingPage: landingPages[env.ROLLCALL_START_MODE],
    dataDir: env.ROLLCALL_DATA_DIR ?? null,
    sso: ssoOf(env),
    privateHosts: env.ROLLCALL_PRIVATE_HOSTS,
    trustedProxies: env.TRUSTED_PROXIES,
  };
}

function ssoOf(env: z.infer<typeof apiEnv>): SingleSignOn | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new AppError("invalid_input", "Single sign-on needs OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. Set all three or none");
  const { protocol, hostname } = new URL(issuer);
  if (protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    throw new AppError("invalid_input", "OIDC_ISSUER must be https: who people are must not be said over a readable line");
  return {
    name: env.OIDC_NAME,
    issuer,
    clientId,
    clientSecret,
    defaultRole: env.OIDC_DEFAULT_ROLE ?? null,
    trustEmail: env.OIDC_TRUST_EMAIL === "true",
  };
}
