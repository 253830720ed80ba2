import { AppError } from "@rollcall/platform";
import type { Clock, Logger } from "@rollcall/platform";
import type { AnalysisDelta, AnalysisStore } from "../ports/analysis-store.ts";
import type { IngestStore } from "../ports/ingest-store.ts";
import type { TriageStore } from "../ports/triage-store.ts";
import type { AnalysisMemory } from "./analysis-memory.ts";
import { analyseSnapshot } from "./analyse-snapshot.ts";
import { reconcileWithFindings } from "./reconcile-with-findings.ts";
import { planStandings } from "./standing-plans.ts";

export interface AnalyseDeps {
  readonly analysis: AnalysisStore;
  readonly triage: Pick<TriageStore, "allTasks" | "plans">;
  readonly ingest: Pick<IngestStore, "setProgress" | "completeAnalysed" | "awaitingAnalysis">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of this process; without it every analysis is a full pass. */
  readonly memory?: AnalysisMemory;
}

/** Lets timers and sockets through between slices of a long computation. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Each attempt that comes to nothing means that somebody else got on, so a few are plenty. */
const ATTEMPTS = 5;

/**
 * Reads the inventory, judges it and writes the result. Running it again on the same inventory changes nothing. When a source goes or
 * another analysis is stored while this one computes, it starts over from what there is then.
 */
export async function analyseWorkspace(
  deps: AnalyseDeps,
  workspaceId: string,
  options: { readonly tasks: boolean } = { tasks: true },
): Promise<AnalysisDelta> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const delta = await analyseOnce(deps, workspaceId, options);
    if (delta !== null) return delta;
    deps.logger.info({ workspaceId, attempt }, "the inventory changed under the analysis; starting over");
  }
  throw new AppError("conflict", "The inventory kept changing while it was analysed.");
}

async function analyseOnce(deps: AnalyseDeps, workspaceId: string, options: { readonly tasks: boolean }): Promise<AnalysisDelta | null> {
  const now = deps.clock.now().toISOString();
  // One analysis serves every sync that was merged before it read the inventory.
  const served = await deps.ingest.awaitingAnalysis(workspaceId);
  const snapshot = await deps.analysis.snapshot(workspaceId);
  const stored = { runId: snapshot.basis?.previousRunId ?? null, identities: snapshot.identities.length };
  const memory = deps.memory?.begin(workspaceId, stored) ?? undefined;
  // An attempt that comes to nothing has moved the reach on already.
  deps.memory?.forget(workspaceId);
  const result = await analyseSnapshot(snapshot, {
    now,
    memory,
    onProgress: async (done, total) => {
      await deps.ingest.setProgress(workspaceId, served, { phase: "analysing", done, total });
      await breathe();
    },
  });
  const tasks = options.tasks
    ? reconcileWithFindings({
        snapshot,
        findings: result.findings,
        existing: await deps.triage.allTasks(workspaceId),
        now,
        asOf: result.dataDate,
        plans: planStandings(await deps.triage.plans(workspaceId), { graph: result.graph, snapshot }),
      })
    : [];
  const delta = await deps.analysis.write(workspaceId, result, tasks);
  if (memory !== undefined) deps.memory?.keep(workspaceId, memory, delta?.runId ?? null);
  if (delta === null) return null;
  deps.logger.info(
    {
      workspaceId,
      identities: result.identities.length,
      findings: result.findings.length,
      edges: result.graph.edges.length,
      judged: memory?.judgedAgain ?? result.identities.length,
      ...delta,
    },
    "workspace analysed",
  );
  await deps.ingest.completeAnalysed(workspaceId, served, result.identities.length);
  return delta;
}
