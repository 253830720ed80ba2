/** Every job there is, by name, with what it carries: ids only. */
export interface JobPayloads {
  readonly "ingest-sync": { readonly workspaceId: string; readonly syncId: string };
  readonly "analyse-workspace": { readonly workspaceId: string; readonly syncId: string | null };
  readonly "load-demo": { readonly workspaceId: string; readonly ingestionId: string };
  /** Reads what Rollcall itself holds in a workspace. */
  readonly "sync-self": { readonly workspaceId: string };
  /** Reads an export from its address. */
  readonly "pull-source": { readonly workspaceId: string; readonly pullSourceId: string };
}
export type JobName = keyof JobPayloads;
export type Job = { readonly [N in JobName]: { readonly name: N; readonly payload: JobPayloads[N] } }[JobName];

export interface JobQueue {
  /** Durable once resolved. Callers inside a transaction write to the outbox instead (persistence) and the relay calls this. */
  enqueue(job: Job): Promise<void>;
}

export interface JobContext {
  readonly attempt: number;
  /** True once a person asked to cancel; handlers check between steps. */
  isCancelled(): Promise<boolean>;
}
export type JobHandler<N extends JobName> = (payload: JobPayloads[N], context: JobContext) => Promise<void>;
export type JobHandlers = { readonly [N in JobName]: JobHandler<N> };
