import type { JobName } from "@rollcall/posture-pipeline";
import type { WorkerServices } from "./compose.ts";

/** A job that used up its attempts must not leave its sync "running" for ever: the user sees that it failed and why. */
export async function recordParkedJob(
  { ingest, ingestions, pullSources }: Pick<WorkerServices, "ingest" | "ingestions" | "pullSources">,
  job: { readonly name: JobName; readonly payload: unknown },
  error: Error,
): Promise<void> {
  if (job.name === "load-demo") {
    const { workspaceId, ingestionId } = job.payload as { workspaceId: string; ingestionId: string };
    return ingestions.failIngestion(
      workspaceId,
      ingestionId,
      `Loading the demo organisation failed after several attempts: ${error.message}`,
    );
  }
  if (job.name === "pull-source") {
    const { workspaceId, pullSourceId } = job.payload as { workspaceId: string; pullSourceId: string };
    return pullSources.abandonRun(workspaceId, pullSourceId, "Reading the export broke down several times. The log of the worker says why");
  }
  // Its request was ended as failed by the attempt itself, and the next one is at most hours away.
  if (job.name === "sync-self") return;
  const { workspaceId, syncId } = job.payload as { workspaceId: string; syncId: string | null };
  if (job.name === "ingest-sync" && syncId !== null)
    return ingest.abandon(workspaceId, syncId, `Storing failed after several attempts: ${error.message}`);
  for (const run of await ingest.awaitingAnalysis(workspaceId))
    await ingest.setStatus(workspaceId, run, "failed", `Analysing failed after several attempts: ${error.message}`);
}
