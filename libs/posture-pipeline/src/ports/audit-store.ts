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
  /** The last row of every workspace: what a checkpoint signs. */
  heads(): Promise<readonly AuditHead[]>;
}
