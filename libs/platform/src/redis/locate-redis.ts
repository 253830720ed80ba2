import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of a redis-server (or valkey-server) on this machine, or null. `ROLLCALL_REDIS_SERVER` wins. */
export function locateRedis(env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const chosen = env["ROLLCALL_REDIS_SERVER"];
  if (chosen !== undefined && chosen !== "") return isExecutable(chosen) ? chosen : null;
  const folders = [...(env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].filter(
    (folder) => folder !== "",
  );
  for (const name of ["redis-server", "valkey-server"]) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
