import { fixedClock } from "@rollcall/platform";
import type { Logger } from "@rollcall/platform";
import type { ParsedImport } from "../ports/connector.ts";
import type { JobContext } from "../ports/job-queue.ts";
import { analyseWorkspace } from "../analysis/analyse-workspace.ts";
import type { AnalyseDeps } from "../analysis/analyse-workspace.ts";
import { applySync } from "../ingest/ingest-sync.ts";
import type { IngestStore, NewSync } from "../ports/ingest-store.ts";
import type { IngestionStore } from "../ports/ingestion-store.ts";

/** An estate as it was on one day. */
export interface EstateView {
  readonly at: string;
  readonly imports: Iterable<ParsedImport>;
}

export interface LoadHistoryDeps extends Omit<AnalyseDeps, "clock" | "ingest"> {
  readonly ingest: IngestStore;
  readonly ingestions: Pick<IngestionStore, "finishIngestion" | "isCancelled">;
  readonly logger: Logger;
}

/** What a parsed import says about itself, as a sync to stage. */
export const syncOf = (parsed: ParsedImport, request: { readonly ingestionId: string; readonly origin: NewSync["origin"] }): NewSync => ({
  connector: parsed.connector,
  account: parsed.account,
  sourceName: parsed.sourceName,
  origin: request.origin,
  asOf: parsed.asOf,
  asOfBasis: parsed.asOfBasis,
  ingestionId: request.ingestionId,
  reports: parsed.reports,
  totals: parsed.totals,
  notes: parsed.notes,
  rejected: parsed.rejected,
});

const TASKS_SINCE_MS = 8 * 86_400_000;

/**
 * Brings several days of an estate in through the ordinary ingest, oldest first, each day followed by its own analysis as of
 * that day: trend, history and "what changed since" are then results, not decoration. Running it again changes nothing.
 */
export async function loadHistory(
  deps: LoadHistoryDeps,
  request: { workspaceId: string; ingestionId: string; views: readonly EstateView[] },
  context: JobContext,
): Promise<void> {
  const { workspaceId, ingestionId } = request;
  const stopped = async (): Promise<boolean> =>
    (await context.isCancelled()) || (await deps.ingestions.isCancelled(workspaceId, ingestionId));
  const last = request.views.at(-1)?.at ?? "";
  for (const view of request.views) {
    for (const parsed of view.imports) {
      if (await stopped()) return;
      const sync = await deps.ingest.stageSync(workspaceId, syncOf(parsed, { ingestionId, origin: "demo" }), parsed.observations);
      await applySync(deps, { workspaceId, syncId: sync.id });
    }
    const analysis = { ...deps, clock: fixedClock(view.at) };
    // A team that looks back on 90 days of findings began to work on them a week ago: older tasks would all be overdue.
    await analyseWorkspace(analysis, workspaceId, { tasks: Date.parse(last) - Date.parse(view.at) <= TASKS_SINCE_MS });
    deps.logger.info({ workspaceId, at: view.at }, "estate loaded");
  }
  await deps.ingestions.finishIngestion(workspaceId, ingestionId);
}
