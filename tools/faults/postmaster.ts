import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Process id of the PostgreSQL that serves the folder: the first line of its own lock file. */
export function readPostmaster(clusterDir: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n")[0] ?? "", 10);
    return Number.isInteger(pid) ? Math.abs(pid) : null;
  } catch {
    return null;
  }
}
