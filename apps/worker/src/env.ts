import { databaseEnv, parseEnv, redisEnv } from "@rollcall/platform";

/** What the worker needs from outside; read once, here. */
export const env = parseEnv(databaseEnv.extend(redisEnv.shape), process.env);
