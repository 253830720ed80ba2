import type { Observation, ScopeKey, ScopeReport, TableMapping } from "@rollcall/nhi-model";

/** A raw file as a person or an integration hands it over. Held in memory only, never stored: it may contain secrets. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** RFC 3339, the file's own modification time where the sender knows it. */
  readonly modifiedAt: string | null;
}

export interface ParseOptions {
  /** Date the export speaks of, when the sender states it (RFC 3339). */
  readonly asOf: string | null;
  readonly receivedAt: string;
  /** Cluster, account or source name given by the sender, for files that do not name it. */
  readonly accountHint: string | null;
  /** Which column of a table is what; tables are read only with it. */
  readonly table?: TableMapping | null;
  /** Keyed fingerprint of a high-entropy secret; null = must not be fingerprinted. The value is dropped by the caller at once. */
  readonly fingerprint: (secret: string) => string | null;
}

export interface RejectedRecord {
  /** File name, then line or JSON pointer. */
  readonly where: string;
  /** Stable, e.g. `invalid_record`, `unattributable`, `too_deep`. */
  readonly code: string;
  readonly message: string;
}

export interface ScopedObservation {
  readonly scope: ScopeKey;
  readonly observation: Observation;
}

/** What one connector read for one account out of the files. Every observation belongs to a scope that `reports` lists. */
export interface ParsedImport {
  readonly connector: string;
  readonly account: string;
  readonly sourceName: string;
  readonly asOf: string;
  readonly asOfBasis: "given" | "file_content" | "file_time" | "received";
  readonly reports: readonly ScopeReport[];
  readonly observations: Iterable<ScopedObservation>;
  readonly rejected: readonly RejectedRecord[];
  /** What the files themselves contain, per kind in the source's own terms: `users: 2`. Shown beside what was stored. */
  readonly totals: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

export interface ConnectorManifest {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly datasets: readonly {
    readonly id: string;
    readonly title: string;
    readonly emits: readonly string[];
    readonly permissions: readonly string[];
  }[];
  /** How a person gets the files, as commands to copy. */
  readonly howToExport: readonly { readonly title: string; readonly command: string }[];
  /** The least permission that these commands need, ready to copy; null when none. */
  readonly leastPrivilegePolicy: string | null;
  readonly accepts: string;
}

/** Port: reads a kind of source out of files. `parse` is pure given its input. */
export interface FileConnector {
  readonly manifest: ConnectorManifest;
  recognise(file: ImportFile): boolean;
  /** False when the sender did not say what this connector needs to know. */
  readyFor?(options: ParseOptions): boolean;
  parse(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[];
}

/** Opens what was uploaded (zip, single files), recognises and parses it. Throws AppError `unsupported` naming what is accepted. */
export type OpenImport = (files: readonly ImportFile[], options: ParseOptions) => readonly ParsedImport[];
