import { decideRemovals } from "@rollcall/lifecycle";
import type { Logger } from "@rollcall/platform";
import type { IngestStore, ScopePlan } from "../ports/ingest-store.ts";
import type { JobContext, JobQueue } from "../ports/job-queue.ts";
import { mergeObservations } from "./merge-observations.ts";

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

/** Compares, stores and merges one staged sync. Idempotent; leaves the sync waiting for an analysis. */
export async function applySync(
  { ingest, logger }: Pick<IngestDeps, "ingest" | "logger">,
  job: { workspaceId: string; syncId: string; approvedRemovals?: number | null },
): Promise<void> {
  const { workspaceId, syncId } = job;
  await ingest.setStatus(workspaceId, syncId, "running");
  await ingest.setProgress(workspaceId, syncId, { phase: "comparing", done: 0, total: null });
  const plans = await ingest.plan(workspaceId, syncId);
  const { removalScopeIds, held, removals } = planRemovals(plans, job.approvedRemovals);
  const rows = plans.reduce((sum, p) => sum + p.added + p.changed + p.unchanged, 0);
  await ingest.setProgress(workspaceId, syncId, { phase: "storing", done: 0, total: rows });
  const applied = await ingest.apply(workspaceId, syncId, removalScopeIds);
  await ingest.setProgress(workspaceId, syncId, { phase: "merging", done: rows, total: rows });
  const merged = await ingest.materialise(workspaceId, syncId, mergeObservations);
  logger.info(
    { workspaceId, syncId, ...applied, identities: merged.identities, changes: merged.changes, held: held.length },
    "sync ingested",
  );
  await ingest.setProgress(workspaceId, syncId, { phase: "analysing", done: rows, total: rows });
  if (held.length > 0) await ingest.hold(workspaceId, syncId, { reason: held.join(" "), removals });
}

/**
 * Applies one staged sync to the inventory and asks for an analysis. Every step can run again after a crash: comparing and
 * applying are idempotent, and the status only moves forward when the step is stored.
 */
export async function ingestSync(deps: IngestDeps, job: { workspaceId: string; syncId: string }, context: JobContext): Promise<void> {
  const sync = await deps.ingest.sync(job.workspaceId, job.syncId);
  if (sync === null || sync.status === "completed" || sync.status === "cancelled") return;
  if (sync.cancelRequested || (await context.isCancelled())) {
    await deps.ingest.setStatus(job.workspaceId, job.syncId, "cancelled");
    return;
  }
  await applySync(deps, { ...job, approvedRemovals: sync.approvedRemovals });
  // Also a run that changed nothing asks: the analysis may have been lost between commit and queue.
  await deps.queue.enqueue({ name: "analyse-workspace", payload: job });
}
