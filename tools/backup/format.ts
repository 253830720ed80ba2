import { createHash } from "node:crypto";
import { deriveKey } from "@rollcall/platform";

/** First line of the archive, which is gzip over lines: header, then per table a line that names it and its rows as COPY text, then the checksums. */
export interface Header {
  readonly format: "rollcall-backup";
  readonly version: 1;
  readonly createdAt: string;
  readonly migrations: readonly string[];
  /** Says whether a root key is the one that was in use, and nothing about it. */
  readonly keyCheck: string;
}

export type Checksums = Record<string, { rows: number; sha256: string }>;

/** COPY's own end mark: no row can look like it. */
export const tableEnd = "\\.";

export const keyCheck = (rootKey: string): string =>
  createHash("sha256")
    .update(deriveKey(rootKey, "rollcall", "backup-key-check/v1"))
    .digest("hex")
    .slice(0, 32);
