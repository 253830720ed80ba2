import { openReadable } from "@rollcall/connectors";
import { analyseSnapshot, analysisDate, snapshotOfImports } from "@rollcall/posture-pipeline";
import type { AnalysisResult, ImportFile, ParsedImport, RejectedRecord, WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { createHash, createHmac } from "node:crypto";
import { unreadable } from "./exit.ts";
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
  if (readable.length === 0) {
    const [first] = all;
    throw unreadable(first === undefined ? "There are no files to read." : `Nothing could be read. ${first.where}: ${first.message}`);
  }
  return { files: read.files.length, imports: readable, unreadable: all, snapshot: snapshotOfImports(readable) };
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
