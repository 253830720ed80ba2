import { readFileSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { isAlive, processCommand } from "../process-identity.ts";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** PostgreSQL's own lock file: line 1 process, 4 port, 8 status. */
export function readPostmaster(clusterDir: string): Postmaster | null {
  try {
    const lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number.parseInt(lines[0] ?? "", 10);
    if (!Number.isInteger(pid)) return null;
    return { pid: Math.abs(pid), port: Number.parseInt(lines[3] ?? "", 10) || 0, ready: (lines[7] ?? "").trim() === "ready" };
  } catch {
    return null;
  }
}

/** The server that still serves this folder, e.g. after its parent was killed. Null when nothing runs. */
export function livePostmaster(clusterDir: string): Postmaster | null {
  const postmaster = readPostmaster(clusterDir);
  if (postmaster === null || !isAlive(postmaster.pid)) return null;
  const command = processCommand(postmaster.pid);
  // Where the platform does not show command lines, PostgreSQL's own check decides.
  if (command === null) return postmaster;
  return command.includes("postgres") && command.includes(resolve(clusterDir)) ? postmaster : null;
}

/** After a crash the process id may belong to something else by now, and PostgreSQL would refuse to start. The file is renamed, nothing is deleted. */
export function setAsideStalePidFile(clusterDir: string): boolean {
  const postmaster = readPostmaster(clusterDir);
  if (postmaster === null || livePostmaster(clusterDir) !== null || !isAlive(postmaster.pid)) return false;
  renameSync(join(clusterDir, "postmaster.pid"), join(clusterDir, "postmaster.pid.stale"));
  return true;
}
