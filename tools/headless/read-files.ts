import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from "node:path";
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
  const named: string[] = [];
  for (const path of paths) {
    const info = statSync(path, { throwIfNoEntry: false });
    if (info === undefined) throw unreadable(`There is no file ${path}.`);
    if (info.isDirectory()) for (const inside of filesBelow(path)) found.set(join(path, inside), join(basename(resolve(path)), inside));
    else if (info.isFile()) named.push(path);
    else throw usageError(`${path} is neither a file nor a folder.`);
    if (found.size + named.length > MAX_FILES) throw unreadable(`${path} holds more than ${MAX_FILES} files. Name the exports in it.`);
  }
  const shared = sharedFolder(named);
  for (const path of named) found.set(path, nameOf(path, shared));
  return [...found].map(([path, name]) => ({ path, name }));
}

/** The folder that all the files lie in; it tells none of them apart. */
function sharedFolder(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => dirname(resolve(path)).split(sep));
  let length = first?.length ?? 0;
  for (const other of others) while (first!.slice(0, length).join(sep) !== other.slice(0, length).join(sep)) length -= 1;
  return first?.slice(0, length).join(sep) ?? "";
}

/** Where the folder of a tool stands: `.github/workflows/deploy.yml`, `.config/zed/settings.json`, `.cursor/mcp.json`. */
const deepestHidden = 2;

/**
 * A file by the folders that say what it is about: those in which it differs from the others named, and those above a hidden one, such as
 * `acme/shop/.github`. Above the hidden folder of a whole path only the next one counts: what else is there is how the machine is arranged.
 */
function nameOf(path: string, shared: string): string {
  const whole = resolve(path).split(sep);
  const typed = isAbsolute(path)
    ? 0
    : whole.length -
      normalize(path)
        .split(sep)
        .filter((part) => part !== "..").length;
  const from = Math.max(1, typed, whole.length - 1 - deepestHidden);
  const hidden = whole.findIndex((part, at) => at >= from && at < whole.length - 1 && part.startsWith("."));
  const above = isAbsolute(path) ? 1 : Math.min(2, Math.max(1, hidden - typed));
  const start = Math.max(1, shared === "" ? 1 : shared.split(sep).length);
  return whole.slice(hidden === -1 ? start : Math.max(1, Math.min(start, hidden - above))).join(sep);
}

/** Hidden files are left out where they are a tool's own notes, not exports. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
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
