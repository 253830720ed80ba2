import { accessSync, constants, mkdirSync, statfsSync } from "node:fs";
import { AppError, isPortFree } from "@rollcall/platform";
import { defaultPort } from "./start-options.ts";

const minFreeBytes = 200 * 1024 * 1024;

/** The data folder exists afterwards, is writable and has room. */
export function prepareDataDir(dataDir: string, neededBytes = minFreeBytes): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw fullDisk(dataDir, 0);
    throw new AppError(
      "forbidden",
      `Cannot write to ${dataDir} (${(error as NodeJS.ErrnoException).code}). Choose another folder with --data DIR.`,
      { cause: error },
    );
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const freeBytes = bavail * bsize;
  if (freeBytes < neededBytes) throw fullDisk(dataDir, freeBytes);
}

function fullDisk(dataDir: string, freeBytes: number): AppError {
  const free = Math.floor(freeBytes / 1024 / 1024);
  return new AppError(
    "unavailable",
    `Only ${free} MB are free on the disk of ${dataDir}, Rollcall needs 200 MB. Free some space, or choose another folder with --data DIR.`,
  );
}

export interface ChosenPort {
  readonly port: number;
  /** Set when the default port was taken. */
  readonly note: string | null;
}

/** An explicit port is taken literally; without one, the first free port from the default on. */
export async function choosePort(explicit: number | null, host: string): Promise<ChosenPort> {
  if (explicit !== null) {
    if (await isPortFree(explicit, host)) return { port: explicit, note: null };
    throw new AppError("conflict", `Port ${explicit} is in use. Stop what listens there, or choose another one with --port N.`);
  }
  for (let port = defaultPort; port < defaultPort + 100; port += 1) {
    if (await isPortFree(port, host)) return { port, note: port === defaultPort ? null : `port ${defaultPort} is in use, using ${port}` };
  }
  throw new AppError("conflict", `Ports ${defaultPort} to ${defaultPort + 99} are in use. Choose a free one with --port N.`);
}
