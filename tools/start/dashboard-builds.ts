import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireInstanceLock, AppError, type InstanceLock } from "@rollcall/platform";

/** Besides those in use: going back to the last branch starts in seconds as well. */
const keptBuilds = 2;
const usedBy = "used-by";
const isBuild = /^[0-9a-f]{64}$/;

export function buildsFolder(root: string): string {
  return join(root, "apps", "dashboard", "dist");
}

export function buildFolder(root: string, hash: string): string {
  return join(buildsFolder(root), hash);
}

/** The server that a build leaves; it brings the packages it needs. */
export function dashboardServer(build: string): string {
  return join(build, "apps", "dashboard", "server.js");
}

/** Runs while no other process of this checkout builds or clears away. Waits its turn. */
export async function withBuildsLock<T>(root: string, run: () => Promise<T>, pauseMs = 500): Promise<T> {
  const lock = await waitForLock(join(buildsFolder(root), "lock"), pauseMs);
  try {
    return await run();
  } finally {
    lock.release();
  }
}

async function waitForLock(folder: string, pauseMs: number): Promise<InstanceLock> {
  for (;;) {
    try {
      return acquireInstanceLock(folder);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** A build exists as a whole or not at all: it is put together elsewhere and appears under its name in one step. */
export function keepBuild(root: string, hash: string, standalone: string): void {
  const folder = buildFolder(root, hash);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(buildsFolder(root), { recursive: true });
  renameSync(standalone, folder);
}

/** Marks a build as used by a process until that process is gone. */
export function claimBuild(build: string, pid = process.pid): void {
  mkdirSync(join(build, usedBy), { recursive: true });
  writeFileSync(join(build, usedBy, String(pid)), "");
  const now = new Date();
  utimesSync(build, now, now);
}

/** Removes what nobody uses, except the builds used last. */
export function pruneBuilds(root: string): void {
  const folder = buildsFolder(root);
  if (!existsSync(folder)) return;
  const idle = readdirSync(folder)
    .filter((name) => isBuild.test(name))
    .map((name) => join(folder, name))
    .filter((build) => !isUsed(build))
    .map((build) => ({ build, lastUsed: statSync(build).mtimeMs }))
    .toSorted((a, b) => b.lastUsed - a.lastUsed);
  for (const { build } of idle.slice(keptBuilds)) rmSync(build, { recursive: true, force: true });
}

function isUsed(build: string): boolean {
  const marks = join(build, usedBy);
  return existsSync(marks) && readdirSync(marks).some((pid) => isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process lives, although it cannot be signalled.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
