import { isExecutable, locateExecutable } from "../locate-executable.ts";

/** Path of a redis-server (or valkey-server) on this machine, or null. `ROLLCALL_REDIS_SERVER` wins. */
export function locateRedis(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const chosen = env["ROLLCALL_REDIS_SERVER"];
  if (chosen !== undefined && chosen !== "") return isExecutable(chosen) ? chosen : null;
  return locateExecutable(["redis-server", "valkey-server"], env);
}
