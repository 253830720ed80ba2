import { z } from "zod";
import { AppError } from "./app-error.ts";
import { isNetwork } from "./networks.ts";

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// URL" });

/** Where the database is; the runtime logins, bound by row-level security, are derived from the secret. User and password in it are the migration's and not used. */
export const databaseEnv = z.object({
  DATABASE_URL: postgresUrl,
  /** A pooler in transaction mode before the same database, for the connections that read and write inventories. Its user and password are not used. */
  DATABASE_POOL_URL: postgresUrl.optional(),
  /** Root of every derived key: 32 bytes as 64 hex digits. */
  ROLLCALL_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hex digits (32 bytes)"),
});

export const redisEnv = z.object({
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must be a redis:// URL" }).optional(),
});

export const serverEnv = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(4700),
  /** The origin people open in the browser, when it is not http://localhost:PORT. */
  ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the dashboard process listens; the API forwards page requests to it. */
  DASHBOARD_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** `host` or `host:port`, separated by commas or spaces. */
export const hostList = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((host) => host !== ""))
  .refine((hosts) => hosts.every((host) => /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)), {
    error: "must be a list of hosts such as gitlab.corp.example:8443",
  });

/** Addresses and CIDR ranges, separated by commas or spaces. */
export const networkList = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((range) => range !== ""))
  .refine((ranges) => ranges.every(isNetwork), { error: "must be a list of addresses or ranges such as 10.0.0.0/8" })
  // A range of everybody would let everybody say who they are.
  .refine((ranges) => ranges.every((range) => !range.endsWith("/0")), { error: "must not name everybody" });

/** Parses once at start. The message names the variables and never repeats their values. */
export function parseEnv<T extends z.ZodType>(schema: T, source: Readonly<Record<string, string | undefined>>): z.infer<T> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => {
    const name = issue.path.map(String).join(".");
    return { pointer: `/${name}`, message: name in present ? issue.message : "is not set" };
  });
  const list = fields.map((field) => `${field.pointer.slice(1)} ${field.message}`).join("; ");
  throw new AppError("invalid_input", `The environment is not complete: ${list}`, { fields });
}
