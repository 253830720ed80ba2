import type { JobName, JobPayloads } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "./compose.ts";

type ParkedServices = Pick<WorkerServices, "ingest" | "ingestions" | "pullSources">;
type RecordParked<N extends JobName> = (services: ParkedServices, payload: JobPayloads[N], error: Error) => Promise<void>;

/** One line per job: what a person sees when it used up its attempts. The compiler refuses a job that leaves it open. */
const recordOf: { readonly [N in JobName]: RecordParked<N> } = {
  "ingest-sync": ({ ingest }, { workspaceId, syncId }, { message }) =>
    ingest.abandon(workspaceId, syncId, `Storing failed after several attempts: ${message}`),
  "analyse-workspace": async ({ ingest }, { workspaceId }, { message }) => {
    for (const run of await ingest.awaitingAnalysis(workspaceId))
      await ingest.setStatus(workspaceId, run, "failed", `Analysing failed after several attempts: ${message}`);
  },
  "load-demo": ({ ingestions }, { workspaceId, ingestionId }, { message }) =>
    ingestions.failIngestion(workspaceId, ingestionId, `Loading the demo organisation failed after several attempts: ${message}`),
  // Its request was ended as failed by the attempt itself, and the next one is at most hours away.
  "sync-self": async () => {},
  "pull-source": ({ pullSources }, { workspaceId, pullSourceId }) =>
    pullSources.abandonRun(workspaceId, pullSourceId, "Reading the export broke down several times. The log of the worker says why"),
};

/** A job that used up its attempts must not leave what it worked on "running" for ever: the user sees that it failed and why. */
export function recordParkedJob(
  services: ParkedServices,
  job: { readonly name: JobName; readonly payload: unknown },
  error: Error,
): Promise<void> {
  const record = recordOf[job.name] as (services: ParkedServices, payload: unknown, error: Error) => Promise<void>;
  return record(services, job.payload, error);
}
