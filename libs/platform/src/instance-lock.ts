import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "./app-error.ts";
import { processStartedAt } from "./process-identity.ts";

export interface InstanceLock {
  /** True when a lock of a process that is gone was taken over. */
  readonly tookOverStale: boolean;
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
}

/** One Rollcall per data folder. Throws `conflict` when a live process holds it; a lock left by a crash is taken over. */
export function acquireInstanceLock(dataDir: string): InstanceLock {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, "instance.lock");
  const own: Holder = { pid: process.pid, startedAt: processStartedAt(process.pid) };
  let tookOverStale = false;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (create(path, own)) return { tookOverStale, release: () => release(path, own) };
    const holder = read(path);
    if (holder !== null && isRunning(holder)) {
      throw new AppError(
        "conflict",
        `Rollcall is already running on ${dataDir} (process ${holder.pid}). Stop it with Ctrl-C in its terminal, or start a second one with --data OTHER_FOLDER.`,
      );
    }
    tookOverStale = true;
    setAside(path);
  }
  throw new AppError("conflict", `Another Rollcall is starting on ${dataDir} at this moment. Try again in a few seconds.`);
}

/** Written in full beside the lock and then linked: a reader never sees half a lock, and only one writer wins. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function setAside(path: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function release(path: string, own: Holder): void {
  const holder = read(path);
  if (holder?.pid === own.pid && holder.startedAt === own.startedAt) rmSync(path, { force: true });
}

function read(path: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<Holder>;
    return typeof value.pid === "number" ? { pid: value.pid, startedAt: value.startedAt ?? null } : null;
  } catch {
    return null;
  }
}

function isRunning(holder: Holder): boolean {
  const startedAt = processStartedAt(holder.pid);
  return startedAt !== null && startedAt === holder.startedAt;
}
