import type { CursorPaging, FetchedExport } from "./fetch-export.ts";

export type PullAuthKind = "none" | "bearer" | "header" | "basic";

/** How a source is shown who asks. `name`: of the header, or of the user. */
export interface PullAuth {
  readonly kind: PullAuthKind;
  readonly name: string | null;
}

/** Never the credential itself: that it is there, since when, by whom, until when, and when it was last shown to the other side. */
export interface PullCredential {
  readonly setAt: string;
  readonly setBy: string | null;
  /** Null for somebody who left, and for an API key. */
  readonly setByName: string | null;
  /** Keyed; null for what could be guessed. */
  readonly fingerprint: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** Why it has to be entered again; null = it opens, as far as the worker knows. */
  readonly problem: string | null;
}

export type PullOutcome = FetchedExport["outcome"] | "cancelled";

/** An export that Rollcall reads from an address by itself. Times are RFC 3339. */
export interface PullSourceRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Account or cluster the export is of, when it does not say so itself. */
  readonly account: string | null;
  readonly paging: CursorPaging | null;
  readonly intervalHours: number;
  readonly auth: PullAuth;
  readonly credential: PullCredential | null;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly nextRunAt: string;
  /** The run under way; null = none. */
  readonly run: {
    readonly state: "waiting" | "reading";
    readonly pages: number;
    readonly bytes: number;
    readonly note: string | null;
  } | null;
  readonly last: {
    readonly at: string;
    readonly outcome: PullOutcome;
    /** Why it was not complete, in words. */
    readonly note: string | null;
    readonly missingPermission: string | null;
    readonly pages: number;
  } | null;
  /** What the last run that read something handed over. */
  readonly lastIngestionId: string | null;
}

/** A credential as it is stored: opened by the worker only. */
export interface SealedCredential {
  readonly sealed: Uint8Array;
  readonly keyId: string;
}

export interface NewCredential extends SealedCredential {
  readonly fingerprint: string | null;
  readonly expiresAt: string | null;
  readonly setBy: string | null;
}

export interface NewPullSource extends Pick<
  PullSourceRow,
  "id" | "name" | "url" | "account" | "paging" | "intervalHours" | "auth" | "createdBy"
> {
  readonly credential: NewCredential | null;
}

export interface StoredPullSource extends PullSourceRow {
  readonly workspaceId: string;
  readonly sealed: SealedCredential | null;
  /** Counts up whenever somebody takes the run: what an earlier holder still writes has no effect. */
  readonly epoch: number;
}

export type PullRunToken = Pick<StoredPullSource, "workspaceId" | "id" | "epoch">;

export interface PullRunEnd extends NonNullable<PullSourceRow["last"]> {
  readonly ingestionId: string | null;
  readonly nextRunAt: string;
  readonly credentialUsed: boolean;
}

/** Public half of the key that seals, as the worker published it. */
export interface ConnectorKeyRow {
  readonly keyId: string;
  readonly publicKey: string;
  /** Under a key derived from the root key. */
  readonly mac: string;
}

export interface PullSourcesStore {
  list(workspaceId: string): Promise<readonly PullSourceRow[]>;
  get(workspaceId: string, id: string): Promise<PullSourceRow | null>;
  /** Announces its first run. Throws `conflict` when the key it was sealed with was replaced meanwhile. */
  create(workspaceId: string, source: NewPullSource): Promise<PullSourceRow>;
  /** With null the source is asked without. Null when there is no such source. */
  setCredential(
    workspaceId: string,
    id: string,
    change: { readonly auth: PullAuth; readonly credential: NewCredential | null },
  ): Promise<PullSourceRow | null>;
  /** Also forgets the credential; what was read stays until its source is removed. False when there is no such source. */
  remove(workspaceId: string, id: string): Promise<boolean>;
  /** Announces a run now, unless one is under way. False when there is no such source. */
  requestRun(workspaceId: string, id: string): Promise<boolean>;
  /** False when there is no such source. Without effect when nothing runs. */
  cancelRun(workspaceId: string, id: string): Promise<boolean>;
  /** Takes the run that waits, or that another held. Null when none waits or there is no such source. */
  claim(workspaceId: string, id: string): Promise<StoredPullSource | null>;
  /** Says how far it is and that it lives. `taken`: another holds the run, or the source is gone. */
  beat(
    run: PullRunToken,
    progress: { readonly pages: number; readonly bytes: number; readonly note: string | null },
  ): Promise<"go_on" | "cancel" | "taken">;
  /** False when another has taken the run: nothing was written. */
  finish(run: PullRunToken, end: PullRunEnd): Promise<boolean>;
  /** The worker could not open it. */
  markUnreadable(run: PullRunToken, problem: string): Promise<void>;
  /** Ends whatever run of it there is, whoever held it. */
  abandonRun(workspaceId: string, id: string, note: string): Promise<void>;
  /** Announces the runs that are due; returns how many. Their next turn is moved on, so that nobody announces them twice. */
  announceDue(now: string): Promise<number>;
  /** Runs that gave no sign of life for so long. */
  strandedRuns(silentSeconds: number): Promise<readonly { readonly workspaceId: string; readonly pullSourceId: string }[]>;
  /** The newest key that was published, null before the first worker started. */
  connectorKey(): Promise<ConnectorKeyRow | null>;
  publishConnectorKey(key: ConnectorKeyRow): Promise<void>;
  /** Forgets published keys that no credential needs; the newest stays. */
  forgetUnusedKeys(): Promise<number>;
  /** Ids of the keys that stored credentials need, with how many need each. */
  keysInUse(): Promise<readonly { readonly keyId: string; readonly credentials: number }[]>;
  /** Marks the credentials that need another key than these, and clears the mark of those that need one of them. Returns how many are marked. */
  markMissingKeys(heldKeyIds: readonly string[], problem: string): Promise<number>;
  /** Credentials sealed under another key than this one, oldest first. */
  sealedOtherwise(keyId: string, after: PullRunToken | null, limit: number): Promise<readonly StoredPullSource[]>;
  /** The workspaces of this id or name. */
  workspacesCalled(idOrName: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Forgets every credential of a workspace and ends runs that hold one; returns how many. One audit row each, in the same transaction. */
  deleteCredentials(workspaceId: string): Promise<number>;
  /** Replaces a sealed credential unless it was set anew meanwhile; the audit row is in the same transaction. */
  replaceSealed(source: PullRunToken, change: { readonly from: SealedCredential; readonly to: SealedCredential }): Promise<boolean>;
}
