import type { Page } from "./views.ts";

/** What was done, in the vocabulary of the audit log: `<noun>.<past participle>`, e.g. `task.claimed`, `api_key.revoked`. */
export interface AuditDraft {
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string | null; readonly label?: string };
  /** Small facts that say what changed. Never a secret, never free text of a source. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface AuditRow {
  /** Gapless per workspace, from 1. */
  readonly seq: number;
  /** RFC 3339 with microseconds: the database's clock. */
  readonly at: string;
  readonly actorKind: "person" | "api_key" | "system";
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string | null;
  readonly objectLabel: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
}

/** A row as it is hashed, for whoever verifies the chain elsewhere. Hashes are hex. */
export interface AuditRecord {
  readonly workspaceId: string;
  readonly seq: number;
  readonly at: string;
  /** Canonical JSON (RFC 8785). */
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** A segment of the chain: all rows from the oldest one on to `lastSeq`. Hashes are hex. */
export interface AuditSegmentEnds {
  readonly workspaceId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Hash of the row before the first. */
  readonly prevHash: string;
  readonly lastHash: string;
}

export interface SegmentSeal {
  /** RFC 3339 with milliseconds. */
  readonly prunedAt: string;
  /** Ed25519, base64url. */
  readonly publicKey: string;
  readonly signature: string;
}

/** What stays of rows that were pruned. */
export interface AuditSegment extends AuditSegmentEnds, SegmentSeal {
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface AuditFilter {
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly objectId?: string | undefined;
  /** RFC 3339, inclusive. */
  readonly from?: string | undefined;
  /** RFC 3339, exclusive. */
  readonly to?: string | undefined;
}

export interface AuditHead {
  readonly workspaceId: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * The audit log. Mutations write their own row inside their own transaction; this port is for what has no transaction of its own
 * (a sign-in), and for readers.
 */
export interface AuditStore {
  append(workspaceId: string, event: AuditDraft): Promise<void>;
  /** Newest first. */
  list(
    workspaceId: string,
    request: { readonly filter: AuditFilter; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<AuditRow>>;
  /** Distinct actions seen, for the filter. */
  actions(workspaceId: string): Promise<readonly string[]>;
  /** Oldest first, from `afterSeq` on; at most `limit`. */
  records(workspaceId: string, afterSeq: number, limit: number): Promise<readonly AuditRecord[]>;
  /** What was pruned, oldest first. */
  segments(workspaceId: string): Promise<readonly AuditSegment[]>;
  /** Of every workspace, the segment of all its rows before an instant (RFC 3339); the newest row of a chain is never part of one. */
  segmentsBefore(instant: string): Promise<readonly AuditSegmentEnds[]>;
  /**
   * Removes the rows of a segment and keeps its sealed ends, with a row that says so, in one transaction; answers how many went. Throws
   * `conflict` when a row of it is not what it was when it was written: what is broken is evidence, and stays.
   */
  prune(segment: AuditSegmentEnds, seal: SegmentSeal): Promise<number>;
  /** The last row of every workspace: what a checkpoint signs. */
  heads(): Promise<readonly AuditHead[]>;
}
