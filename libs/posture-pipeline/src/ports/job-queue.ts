/** Jobs carry ids only. `dedupeKey` collapses waiting duplicates (e.g. one analysis per workspace). */
export interface IngestSyncJob {
  readonly name: "ingest-sync";
  readonly payload: { readonly workspaceId: string; readonly syncId: string };
}
export interface AnalyseWorkspaceJob {
  readonly name: "analyse-workspace";
  readonly payload: { readonly workspaceId: string; readonly syncId: string | null };
}
export interface LoadDemoJob {
  readonly name: "load-demo";
  readonly payload: { readonly workspaceId: string; readonly ingestionId: string };
}
/** Reads what Rollcall itself holds in a workspace. */
export interface SyncSelfJob {
  readonly name: "sync-self";
  readonly payload: { readonly workspaceId: string };
}
/** Reads an export from its address. */
export interface PullSourceJob {
  readonly name: "pull-source";
  readonly payload: { readonly workspaceId: string; readonly pullSourceId: string };
}
export type Job = IngestSyncJob | AnalyseWorkspaceJob | LoadDemoJob | SyncSelfJob | PullSourceJob;
export type JobName = Job["name"];

export interface JobQueue {
  /** Durable once resolved. Callers inside a transaction write to the outbox instead (persistence) and the relay calls this. */
  enqueue(job: Job): Promise<void>;
}

export interface JobContext {
  readonly attempt: number;
  /** True once a person asked to cancel; handlers check between steps. */
  isCancelled(): Promise<boolean>;
}
export type JobHandler<N extends JobName> = (payload: Extract<Job, { name: N }>["payload"], context: JobContext) => Promise<void>;
export type JobHandlers = { readonly [N in JobName]: JobHandler<N> };
