import { join } from "node:path";
import { z } from "zod";
import { databaseEnv, hostList, parseEnv, redisEnv } from "@rollcall/platform";
import { keySourceEnv } from "./keys/key-source-env.ts";

/** What the worker needs from outside; read once, here. */
export const env = parseEnv(
  databaseEnv
    .extend(redisEnv.shape)
    .extend(keySourceEnv.shape)
    .extend({
      ROLLCALL_DATA_DIR: z.string().optional(),
      /** How long a job stays with a worker that gives no sign of life. */
      JOB_LEASE_SECONDS: z.coerce.number().int().min(2).max(600).default(30),
      /** Where signed checkpoints of the audit log go; the data folder when there is one. */
      AUDIT_CHECKPOINT_FILE: z.string().optional(),
      /** After how many days whole months of the audit log may go; unset, it is kept for ever. The database lets nothing younger than 400 days go. */
      AUDIT_KEEP_DAYS: z.coerce.number().int().min(400).max(36_500).optional(),
      /** `host` or `host:port`, separated by commas: what Rollcall may call on networks of your own. Nothing else there is called. */
      ROLLCALL_PRIVATE_HOSTS: hostList,
    }),
  process.env,
);
export const checkpointFile =
  env.AUDIT_CHECKPOINT_FILE ?? (env.ROLLCALL_DATA_DIR === undefined ? null : join(env.ROLLCALL_DATA_DIR, "audit-checkpoints.ndjson"));
