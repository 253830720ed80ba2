import type { IngestStore, RunToken } from "@rollcall/posture-pipeline";
import type { Database, Sql } from "../database/database.ts";
import { fewRows, refreshStatistics } from "../database/refresh-statistics.ts";
import { applySync } from "./apply-sync.ts";
import { materialise } from "./materialise/materialise.ts";
import { planSync } from "./plan-sync.ts";
import { removeSources } from "./remove-sources.ts";
import { strandedJobs } from "./stranded-jobs.ts";
import { stageSync } from "./stage-sync.ts";
import {
  abandonSync,
  claimSync,
  completeAnalysed,
  holdRun,
  holdSync,
  readBacklog,
  readSync,
  syncsAwaitingAnalysis,
  writeProgress,
  writeStatus,
} from "./sync-rows.ts";

const inventoryTables = ["identity", "credential", "resource", "access_grant", "identity_usage", "owner_claim"];

export function createIngestStore(database: Database): IngestStore {
  const inside = database.sqlInWorkspace;
  const refresh = async (workspaceId: string, tables: readonly string[], changedRows: number): Promise<void> => {
    if (changedRows >= fewRows) await inside(workspaceId, (sql) => refreshStatistics(sql, tables, changedRows));
  };
  const holding = <T>(workspaceId: string, run: RunToken, write: (sql: Sql) => Promise<T>): Promise<T> =>
    inside(
      workspaceId,
      async (sql) => {
        await holdRun(sql, workspaceId, run);
        return write(sql);
      },
      "bulk",
    );
  return {
    stageSync: (workspaceId, sync, observations) =>
      inside(workspaceId, (sql) => stageSync(sql, workspaceId, { sync, observations }), "bulk"),
    sync: (workspaceId, syncId) => inside(workspaceId, (sql) => readSync(sql, workspaceId, syncId)),
    claim: (workspaceId, syncId) => inside(workspaceId, (sql) => claimSync(sql, workspaceId, syncId)),
    setStatus: (workspaceId, run, status, error) => inside(workspaceId, (sql) => writeStatus(sql, workspaceId, { run, status, error })),
    abandon: (workspaceId, syncId, error) => inside(workspaceId, (sql) => abandonSync(sql, workspaceId, { syncId, error })),
    hold: (workspaceId, run, hold) => inside(workspaceId, (sql) => holdSync(sql, workspaceId, { run, ...hold })),
    setProgress: (workspaceId, runs, progress) =>
      inside(workspaceId, (sql) => writeProgress(sql, workspaceId, { runs: [runs].flat(), progress }), "forgettable"),
    completeAnalysed: (workspaceId, runs, total) => inside(workspaceId, (sql) => completeAnalysed(sql, workspaceId, { runs, total })),
    plan: (workspaceId, syncId) => inside(workspaceId, (sql) => planSync(sql, workspaceId, syncId), "bulk forgettable"),
    apply: async (workspaceId, run, removalScopeIds) => {
      const applied = await holding(workspaceId, run, (sql) => applySync(sql, workspaceId, { syncId: run.id, removalScopeIds }));
      await refresh(workspaceId, ["observation", "touched_group"], applied.added);
      return applied;
    },
    materialise: async (workspaceId, run, merge) => {
      const merged = await holding(workspaceId, run, (sql) => materialise(sql, workspaceId, { syncId: run.id, merge }));
      await refresh(workspaceId, inventoryTables, merged.changes);
      return merged;
    },
    awaitingAnalysis: (workspaceId) => inside(workspaceId, (sql) => syncsAwaitingAnalysis(sql, workspaceId)),
    backlog: (workspaceId) => inside(workspaceId, (sql) => readBacklog(sql, workspaceId), "read only"),
    stranded: (workspaceId) => inside(workspaceId, (sql) => strandedJobs(sql, workspaceId)),
    removeSources: (workspaceId, which) => inside(workspaceId, (sql) => removeSources(sql, workspaceId, which), "bulk"),
  };
}
