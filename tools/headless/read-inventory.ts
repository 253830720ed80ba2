import { acceptedExports, openReadable } from "@rollcall/connectors";
import { analyseSnapshot, analysisDate, snapshotOfImports } from "@rollcall/posture-pipeline";
import type { AnalysisResult, ImportFile, ParsedImport, RejectedRecord, WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { createHash, createHmac } from "node:crypto";
import { unreadable } from "./exit.ts";
import type { HeadlessError } from "./exit.ts";
import { readFiles } from "./read-files.ts";

export interface ReadOptions {
  readonly asOf: string | null;
  /** Account or cluster for files that do not name theirs. */
  readonly account: string | null;
}

export interface InventoryRead {
  readonly files: number;
  readonly imports: readonly ParsedImport[];
  readonly unreadable: readonly RejectedRecord[];
  readonly snapshot: WorkspaceSnapshot;
}

/** Reads exports into an inventory in memory. Throws when there is nothing to say about any of them. */
export function readInventory(paths: readonly string[], options: ReadOptions): InventoryRead {
  const read = readFiles(paths);
  const key = runKey(read.files);
  const { imports, unreadable: left } = openReadable(read.files, {
    asOf: options.asOf,
    receivedAt: options.asOf ?? new Date().toISOString(),
    accountHint: options.account,
    fingerprint: (secret) => createHmac("sha256", key).update(secret).digest("hex"),
  });
  const all = [...read.unreadable, ...left, ...imports.flatMap((parsed) => parsed.rejected)];
  const readable = imports.filter(({ reports }) => reports.length > 0);
  if (readable.length === 0) throw nothingRead(all);
  return { files: read.files.length, imports: readable, unreadable: all, snapshot: snapshotOfImports(readable) };
}

/** A damaged export is what its sender wants to hear of, not the README beside it. */
function nothingRead(rejected: readonly RejectedRecord[]): HeadlessError {
  const [first] = rejected;
  if (first === undefined) return unreadable("There are no files to read.");
  const damaged = rejected.find(({ code }) => code !== "unrecognised");
  if (damaged !== undefined) return unreadable(`Nothing could be read. ${damaged.where}: ${damaged.message}`);
  const what = rejected.length === 1 ? `${first.where} is` : `${first.where} and ${rejected.length - 1} more are`;
  return unreadable(`Nothing could be read: ${what} none of the exports that are read. ${acceptedExports()}`);
}

/** Judged as of the newest data, so that the same files give the same answer on any day. */
export const analyseInventory = (inventory: InventoryRead, asOf: string | null): Promise<AnalysisResult> =>
  analyseSnapshot(inventory.snapshot, { now: asOf ?? analysisDate(inventory.snapshot, new Date(0).toISOString()) });

/** Fingerprints compare secrets with one another inside one run. A key made of the input is nobody's to guess, and the same for the same input. */
function runKey(files: readonly ImportFile[]): Buffer {
  const hash = createHash("sha256");
  for (const { bytes } of files) hash.update(bytes);
  return hash.digest();
}
