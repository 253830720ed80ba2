import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { isLeftByTools } from "@rollcall/nhi-model";
import type { ImportFile, RejectedRecord } from "@rollcall/posture-pipeline";
import { unreadable, usageError } from "./exit.ts";

/** A file is decoded to one string to be read, and that is where strings end. */
const MAX_FILE_BYTES = 500 * 1024 * 1024;
const MAX_FILES = 50_000;

export interface FilesRead {
  readonly files: readonly ImportFile[];
  readonly unreadable: readonly RejectedRecord[];
}

/** The files named, and all files below the folders named, in one order whatever the order of naming. */
export function readFiles(paths: readonly string[]): FilesRead {
  const files: ImportFile[] = [];
  const left: RejectedRecord[] = [];
  for (const { path, name } of namesOf(paths)) {
    const read = readOne(path, name);
    if ("bytes" in read) files.push(read);
    else left.push(read);
  }
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)), unreadable: left };
}

function namesOf(paths: readonly string[]): readonly { readonly path: string; readonly name: string }[] {
  const found = new Map<string, string>();
  for (const path of paths) {
    const info = statSync(path, { throwIfNoEntry: false });
    if (info === undefined) throw unreadable(`There is no file ${path}.`);
    if (info.isDirectory()) for (const inside of filesBelow(path)) found.set(join(path, inside), join(basename(path), inside));
    else if (info.isFile()) found.set(path, basename(path));
    else throw usageError(`${path} is neither a file nor a folder.`);
    if (found.size > MAX_FILES) throw unreadable(`${path} holds more than ${MAX_FILES} files. Name the exports in it.`);
  }
  return [...found].map(([path, name]) => ({ path, name }));
}

/** Hidden files are left out where they are a tool's own notes, not exports. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.replace(/[\\/]+$/, "").length + 1))
    .filter((name) => !name.split(/[\\/]/).some(isLeftByTools));

function readOne(path: string, name: string): ImportFile | RejectedRecord {
  try {
    const { size, mtime } = statSync(path);
    if (size > MAX_FILE_BYTES)
      return { where: name, code: "too_large", message: `${name} has more than ${MAX_FILE_BYTES / 1024 / 1024} MiB. Split it.` };
    return { name, bytes: readFileSync(path), modifiedAt: mtime.toISOString() };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "error";
    return { where: name, code: "not_readable", message: `${name} cannot be opened (${reason}).` };
  }
}
