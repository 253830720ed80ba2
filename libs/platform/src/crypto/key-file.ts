import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../app-error.ts";

/** What the file holds; null when there is none. */
export function readKeyFile(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new AppError("precondition_failed", `${path} cannot be read. Give it to the user that the worker runs as`, { cause: error });
  }
}

/** Makes the file, for its owner alone; one that somebody else made meanwhile is left as it is. */
export function createKeyFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unwritable(path, error);
  }
}

/** Whole or not at all: a crash in between leaves the file as it was. */
export function replaceKeyFile(path: string, text: string): void {
  try {
    writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
    chmodSync(`${path}.new`, 0o600);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Changes whenever the file does; null when there is none. */
export function keyFileStamp(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino}:${stat.mtimeMs}:${stat.size}`;
}

const unwritable = (path: string, cause: unknown): AppError =>
  new AppError("precondition_failed", `${path} cannot be written. Name a file in a folder that is kept with CONNECTOR_KEY_FILE`, { cause });
