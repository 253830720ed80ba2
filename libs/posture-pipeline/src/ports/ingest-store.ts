import type {
  Credential,
  Grant,
  Human,
  Identity,
  Observation,
  OwnerClaim,
  Resource,
  ScopeKey,
  ScopeReport,
  Usage,
} from "@rollcall/nhi-model";
import type { ScopedObservation } from "./connector.ts";
import type { Job } from "./job-queue.ts";

export type SyncStatus = "staging" | "queued" | "running" | "held" | "completed" | "failed" | "cancelled";

/** One run: an import, a push, the demo load. Ids only travel in jobs; everything else is read back from here. */
export interface SyncRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly connector: string;
  readonly status: SyncStatus;
  readonly asOf: string;
  readonly cancelRequested: boolean;
  /** A person looked at what a held run would remove and approved it: the breaker stays out of the way this time. */
  /** At most this many rows a person let go; null = nobody approved anything. */
  readonly approvedRemovals: number | null;
  /** Counts up whenever somebody takes the run. */
  readonly epoch: number;
}

/** What whoever works on a run holds in hand: once another has taken it, nothing that is written with this has any effect. */
export type RunToken = Pick<SyncRow, "id" | "epoch">;

export interface NewSync {
  readonly connector: string;
  readonly account: string;
  readonly sourceName: string;
  readonly origin: "import" | "push" | "pull" | "demo" | "self";
  readonly asOf: string;
  readonly asOfBasis: string;
  readonly ingestionId: string;
  readonly reports: readonly ScopeReport[];
  readonly totals: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly rejected: readonly { readonly where: string; readonly code: string; readonly message: string }[];
}

/** Per scope, what applying the staged observations would do. Counts of observations. */
export interface ScopePlan {
  readonly scopeId: string;
  readonly scope: ScopeKey;
  readonly outcome: ScopeReport["outcome"];
  readonly existing: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Present before, not staged now, identities only / all kinds. Counts only when outcome is complete and the run is newer than the last. */
  readonly absent: number;
  /** Of those, absent for the second time at least an hour apart: would be removed. */
  readonly removable: number;
}

export interface ApplyResult {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly markedAbsent: number;
  readonly removed: number;
}

/** Everything known about one (kind, ref) of a source: the observations of all scopes that state it, newest first. */
export interface ObservationGroup {
  readonly kind: Observation["kind"];
  readonly ref: string;
  readonly statements: readonly { readonly dataset: string; readonly observedAt: string; readonly observation: Observation }[];
}

/** What a group of observations amounts to: one row of the inventory (pure function `mergeObservations`). */
export type EntityDraft =
  | ({ readonly kind: "identity" } & Omit<Identity, "id" | "sourceId" | "kind" | "firstSeenAt" | "missingSince" | "goneAt" | "nativeId"> & {
        readonly identityKind: Identity["kind"];
        readonly nativeId: string | null;
      })
  | ({ readonly kind: "credential"; readonly identityRef: string; readonly credentialKind: Credential["kind"] } & Omit<
      Credential,
      "id" | "sourceId" | "kind" | "identityId"
    >)
  | ({ readonly kind: "resource"; readonly resourceKind: Resource["kind"] } & Omit<Resource, "id" | "sourceId" | "kind">)
  | ({ readonly kind: "grant" } & Omit<Grant, "id" | "sourceId">)
  | ({ readonly kind: "usage"; readonly ref: string; readonly identityRef: string } & Omit<Usage, "identityId">)
  | ({ readonly kind: "owner"; readonly ref: string; readonly identityRef: string } & Omit<OwnerClaim, "identityId">)
  | ({ readonly kind: "human" } & Human);

export type MergeObservations = (group: ObservationGroup) => EntityDraft | null;

/** Progress as people see it: counts, never percentages made up. */
export interface SyncProgress {
  readonly phase: "staging" | "comparing" | "storing" | "merging" | "analysing" | "done";
  readonly done: number;
  readonly total: number | null;
}

export type SourceSelection = { readonly sourceIds: readonly string[] } | { readonly origin: NewSync["origin"] };

/** Port to the ingest side of the database. All calls are inside one workspace; all writes are set-based. */
export interface IngestStore {
  /**
   * Creates source (by connector + account, if new), scopes and the sync; COPYs the observations into staging and announces the job that
   * ingests them, except for the demo, whose loader does so itself. One transaction: acked means stored and on its way. Refuses
   * (`conflict`) when the request was cancelled meanwhile.
   */
  stageSync(workspaceId: string, sync: NewSync, observations: Iterable<ScopedObservation>): Promise<SyncRow>;
  sync(workspaceId: string, syncId: string): Promise<SyncRow | null>;
  /** Takes a run that waits or that another held: it is `running` and the caller's alone. Null when it is over, held or unknown. */
  claim(workspaceId: string, syncId: string): Promise<SyncRow | null>;
  /** Without effect on a run that is over, or that another has taken; a held run is neither completed nor failed by its analysis. */
  setStatus(workspaceId: string, run: RunToken, status: SyncStatus, error?: string): Promise<void>;
  /** Ends a run that nobody works on any more, whoever held it; without effect when it is over or held. */
  abandon(workspaceId: string, syncId: string, error: string): Promise<void>;
  /** Keeps the run from removing anything until a person approved; `removals` is what they are asked about. */
  hold(workspaceId: string, run: RunToken, hold: { readonly reason: string; readonly removals: number }): Promise<void>;
  setProgress(workspaceId: string, runs: RunToken | readonly RunToken[], progress: SyncProgress): Promise<void>;
  /** The analysis that served these runs is stored: they are completed, all at once. A held one stays held: its removals still wait for a person. */
  completeAnalysed(workspaceId: string, runs: readonly RunToken[], identities: number): Promise<void>;
  plan(workspaceId: string, syncId: string): Promise<readonly ScopePlan[]>;
  /**
   * Applies additions and changes; absences only for the scopes listed. Idempotent: applying the same sync again changes nothing.
   * Throws `RunTakenOver` and writes nothing when another has taken the run.
   */
  apply(workspaceId: string, run: RunToken, removalScopeIds: readonly string[]): Promise<ApplyResult>;
  /**
   * Re-merges every (kind, ref) the sync touched into the inventory and writes the change log. Streams; calls `merge` per group.
   * Throws `RunTakenOver` and writes nothing when another has taken the run.
   */
  materialise(
    workspaceId: string,
    run: RunToken,
    merge: MergeObservations,
  ): Promise<{ readonly identities: number; readonly changes: number }>;
  /** Syncs whose rows are merged and that wait for an analysis (phase `analysing`, not ended). */
  awaitingAnalysis(workspaceId: string): Promise<readonly RunToken[]>;
  /** Recent syncs that are queued or being stored, and for how long the oldest that is merged has waited for its analysis (0 = none does). */
  backlog(workspaceId: string): Promise<{ readonly unfinished: number; readonly waitingSeconds: number }>;
  /**
   * The jobs without which nothing of the last half minute or older would go on, whether or not the queue still has them. Requests that
   * their sender's process died on, with nothing stored, are ended as failed.
   */
  stranded(workspaceId: string): Promise<readonly Job[]>;
  /**
   * Removes sources and everything they stated, judgements included, and announces the analysis that follows. By origin it also cancels
   * the requests of that origin that still run. Returns the number of identities removed.
   */
  removeSources(workspaceId: string, which: SourceSelection): Promise<number>;
}
