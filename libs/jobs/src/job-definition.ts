import type { JobName, JobPayloads } from "@rollcall/posture-pipeline";
import { z } from "zod";

export interface JobDefinition<N extends JobName> {
  readonly name: N;
  /** Ids only: whatever a job needs beyond them it reads from the database. */
  readonly payload: z.ZodType<JobPayloads[N]>;
  /** Jobs of one key never run at the same time; while one waits, further ones are the same job. */
  readonly key: (payload: JobPayloads[N]) => string;
  readonly attempts: number;
  /** First pause before a retry in milliseconds; doubles each time. */
  readonly backoffMs: number;
  /** Jobs of this kind that one worker process runs at once. */
  readonly concurrency: number;
}

const id = z.uuid();

/** Every job there is. A new one is a row here and a handler of the same name in the worker. */
export const jobDefinitions: { readonly [N in JobName]: JobDefinition<N> } = {
  "ingest-sync": {
    name: "ingest-sync",
    payload: z.strictObject({ workspaceId: id, syncId: id }),
    key: ({ syncId }) => syncId,
    attempts: 5,
    backoffMs: 1_000,
    // The outbox hands over one of a workspace at a time: a second workspace does not wait for a long run of the first.
    concurrency: 2,
  },
  "analyse-workspace": {
    name: "analyse-workspace",
    payload: z.strictObject({ workspaceId: id, syncId: id.nullable() }),
    key: ({ workspaceId }) => workspaceId,
    attempts: 3,
    backoffMs: 2_000,
    // Most of it is waiting until a workspace has no more listings to come, and nobody else has to wait for that.
    concurrency: 8,
  },
  "load-demo": {
    name: "load-demo",
    payload: z.strictObject({ workspaceId: id, ingestionId: id }),
    key: ({ workspaceId }) => workspaceId,
    attempts: 3,
    backoffMs: 2_000,
    concurrency: 1,
  },
  "sync-self": {
    name: "sync-self",
    payload: z.strictObject({ workspaceId: id }),
    key: ({ workspaceId }) => workspaceId,
    attempts: 3,
    backoffMs: 5_000,
    concurrency: 1,
  },
  "pull-source": {
    name: "pull-source",
    payload: z.strictObject({ workspaceId: id, pullSourceId: id }),
    key: ({ pullSourceId }) => pullSourceId,
    attempts: 2,
    backoffMs: 10_000,
    concurrency: 2,
  },
};

export const jobNames = Object.keys(jobDefinitions) as readonly JobName[];
