import { decideRemovals } from "@rollcall/lifecycle";
import type { Logger } from "@rollcall/platform";
import type { IngestStore, ScopePlan, SyncRow } from "../ports/ingest-store.ts";
import type { JobContext, JobQueue } from "../ports/job-queue.ts";
import { mergeObservations } from "./merge-observations.ts";
import { RunTakenOver } from "./run-taken-over.ts";

export interface IngestDeps {
  readonly ingest: IngestStore;
  readonly queue: JobQueue;
  readonly logger: Logger;
}

/**
 * Which scopes may lose rows in this run, and why a person has to look first. What a person approved is not held again, unless the
 * inventory changed meanwhile and more would go than they were asked about: an approval is a ceiling.
 */
export function planRemovals(
  plans: readonly ScopePlan[],
  approved: number | null = null,
): { readonly removalScopeIds: readonly string[]; readonly held: readonly string[]; readonly removals: number } {
  const complete = plans.filter((p) => p.outcome === "complete" && p.absent > 0);
  const removals = complete.reduce((sum, p) => sum + p.absent, 0);
  if (approved !== null && removals <= approved) return { removalScopeIds: complete.map((p) => p.scopeId), held: [], removals };
  if (approved !== null) {
    return { removalScopeIds: [], held: [`${approved} removals were approved, but ${removals} rows would go now. Look again.`], removals };
  }
  const { apply, held } = decideRemovals(
    plans.map((p) => ({ scopeId: p.scopeId, existing: p.existing, absent: p.outcome === "complete" ? p.absent : 0 })),
  );
  return { removalScopeIds: apply, held: held.map(({ reason }) => reason), removals };
}

/** Compares, stores and merges one staged sync. Idempotent; leaves the sync waiting for an analysis. One that is over or held is left alone. */
export async function applySync(
  deps: Pick<IngestDeps, "ingest" | "logger">,
  { workspaceId, syncId }: { workspaceId: string; syncId: string },
): Promise<void> {
  const run = await deps.ingest.claim(workspaceId, syncId);
  if (run !== null) await applyClaimed(deps, run);
}

async function applyClaimed({ ingest, logger }: Pick<IngestDeps, "ingest" | "logger">, run: SyncRow): Promise<void> {
  const { workspaceId, id: syncId } = run;
  await ingest.setProgress(workspaceId, run, { phase: "comparing", done: 0, total: null });
  const plans = await ingest.plan(workspaceId, syncId);
  const { removalScopeIds, held, removals } = planRemovals(plans, run.approvedRemovals);
  const rows = plans.reduce((sum, p) => sum + p.added + p.changed + p.unchanged, 0);
  await ingest.setProgress(workspaceId, run, { phase: "storing", done: 0, total: rows });
  const applied = await ingest.apply(workspaceId, run, removalScopeIds);
  await ingest.setProgress(workspaceId, run, { phase: "merging", done: rows, total: rows });
  const merged = await ingest.materialise(workspaceId, run, mergeObservations);
  logger.info(
    { workspaceId, syncId, ...applied, identities: merged.identities, changes: merged.changes, held: held.length },
    "sync ingested",
  );
  await ingest.setProgress(workspaceId, run, { phase: "analysing", done: rows, total: rows });
  if (held.length > 0) await ingest.hold(workspaceId, run, { reason: held.join(" "), removals });
}

/**
 * Applies one staged sync to the inventory and asks for an analysis. Every step can run again after a crash: comparing and
 * applying are idempotent, and the status only moves forward when the step is stored. A worker that froze while another went on
 * finds out at its next write, which has no effect.
 */
export async function ingestSync(deps: IngestDeps, job: { workspaceId: string; syncId: string }, context: JobContext): Promise<void> {
  const run = await deps.ingest.claim(job.workspaceId, job.syncId);
  if (run === null) {
    // Held by an attempt that ended before it could ask.
    const sync = await deps.ingest.sync(job.workspaceId, job.syncId);
    if (sync?.status === "held") await deps.queue.enqueue({ name: "analyse-workspace", payload: job });
    return;
  }
  if (run.cancelRequested || (await context.isCancelled())) {
    await deps.ingest.setStatus(job.workspaceId, run, "cancelled");
    return;
  }
  try {
    await applyClaimed(deps, run);
  } catch (error) {
    if (!(error instanceof RunTakenOver)) throw error;
    deps.logger.warn({ ...job, epoch: run.epoch }, "another worker has taken this run over; nothing was written");
    return;
  }
  // Also a run that changed nothing asks: the analysis may have been lost between commit and queue.
  await deps.queue.enqueue({ name: "analyse-workspace", payload: job });
}
