import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../app-error.ts";
import { boxKeyOf, newBoxSeed, type BoxPrivateKey } from "./credential-box.ts";

/** One key per line, the one that new credentials are sealed with first; `#` begins a remark. */
export function readKeyFile(path: string): readonly BoxPrivateKey[] | null {
  const lines = linesOf(path);
  if (lines === null) return null;
  const seeds = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (seeds.length === 0 || seeds.some((seed) => !/^[0-9a-f]{64}$/i.test(seed)))
    throw new AppError(
      "precondition_failed",
      `${path} is damaged: it must hold one key of 64 hex digits per line. Restore it from your backup`,
    );
  return seeds.map(boxKeyOf);
}

/** Makes the file with a new key; a file that somebody else made meanwhile is left alone. */
export function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${newBoxSeed()}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unwritable(path, error);
  }
}

/** Puts a new key before the others, which stay. */
export function addKeyToFile(path: string): BoxPrivateKey {
  const seed = newBoxSeed();
  replace(path, [seed, ...(linesOf(path) ?? [])]);
  return boxKeyOf(seed);
}

/** Leaves only the keys of these ids, remarks included. */
export function keepKeysInFile(path: string, keyIds: readonly string[]): void {
  const kept = (linesOf(path) ?? []).filter((line) => line === "" || line.startsWith("#") || keyIds.includes(boxKeyOf(line).keyId));
  replace(path, kept);
}

/** Changes whenever the file does; null when there is none. */
export function keyFileStamp(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino}:${stat.mtimeMs}:${stat.size}`;
}

function linesOf(path: string): readonly string[] | null {
  try {
    return readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new AppError("precondition_failed", `${path} cannot be read. Give it to the user that the worker runs as`, { cause: error });
  }
}

/** Whole or not at all: a crash in between leaves the file as it was. */
function replace(path: string, lines: readonly string[]): void {
  try {
    writeFileSync(`${path}.new`, `${lines.join("\n")}\n`, { mode: 0o600, flush: true });
    chmodSync(`${path}.new`, 0o600);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

const unwritable = (path: string, cause: unknown): AppError =>
  new AppError("precondition_failed", `${path} cannot be written. Name a file in a folder that is kept with CONNECTOR_KEY_FILE`, { cause });
