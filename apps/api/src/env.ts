import { z } from "zod";
import { parseEnv } from "@rollcall/platform";

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

const apiEnv = z.object({
  /** Connection of the owner role; the runtime logins are derived from it and the root key. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// URL" }),
  /** Root of every derived key: 32 bytes as 64 hex digits. */
  ROLLCALL_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hex digits (32 bytes)"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(4700),
  /** What people type into the browser; http://localhost:PORT when not set. */
  ORIGIN: origin.optional(),
  /** Where the dashboard process listens. Page requests are forwarded to it. */
  DASHBOARD_URL: origin.optional(),
  /** What the first page after a sign-in link is: the choice of how to begin, the posture page, or sources. */
  ROLLCALL_START_MODE: z.enum(["ask", "demo", "empty"]).default("ask"),
});

const landingPages = { ask: "/welcome", demo: "/", empty: "/sources" } as const;

export interface ApiEnv {
  readonly databaseUrl: string;
  readonly rootKey: string;
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly dashboardUrl: string | null;
  /** Path of the page that a sign-in link leads to. */
  readonly landingPage: string;
}

export function readEnv(source: Readonly<Record<string, string | undefined>>): ApiEnv {
  const env = parseEnv(apiEnv, source);
  return {
    databaseUrl: env.DATABASE_URL,
    rootKey: env.ROLLCALL_SECRET,
    host: env.HOST,
    port: env.PORT,
    origin: env.ORIGIN ?? `http://localhost:${env.PORT}`,
    dashboardUrl: env.DASHBOARD_URL ?? null,
    landingPage: landingPages[env.ROLLCALL_START_MODE],
  };
}
