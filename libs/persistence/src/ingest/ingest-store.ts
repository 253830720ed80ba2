import type { IngestStore } from "@rollcall/posture-pipeline";
import type { Database } from "../database/database.ts";
import { fewRows, refreshStatistics } from "../database/refresh-statistics.ts";
import { applySync } from "./apply-sync.ts";
import { materialise } from "./materialise/materialise.ts";
import { planSync } from "./plan-sync.ts";
import { removeSources } from "./remove-sources.ts";
import { strandedJobs } from "./stranded-jobs.ts";
import { stageSync } from "./stage-sync.ts";
import { readBacklog, readSources, holdSync, readSync, syncsAwaitingAnalysis, writeProgress, writeStatus } from "./sync-rows.ts";

const inventoryTables = ["identity", "credential", "resource", "access_grant", "identity_usage", "owner_claim"];

export function createIngestStore(database: Database): IngestStore {
  const inside = database.sqlInWorkspace;
  const refresh = async (workspaceId: string, tables: readonly string[], changedRows: number): Promise<void> => {
    if (changedRows >= fewRows) await inside(workspaceId, (sql) => refreshStatistics(sql, tables, changedRows));
  };
  return {
    stageSync: (workspaceId, sync, observations) =>
      inside(workspaceId, (sql) => stageSync(sql, workspaceId, { sync, observations }), "bulk"),
    sync: (workspaceId, syncId) => inside(workspaceId, (sql) => readSync(sql, workspaceId, syncId)),
    setStatus: (workspaceId, syncId, status, error) =>
      inside(workspaceId, (sql) => writeStatus(sql, workspaceId, { syncId, status, error })),
    hold: (workspaceId, syncId, hold) => inside(workspaceId, (sql) => holdSync(sql, workspaceId, { syncId, ...hold })),
    setProgress: (workspaceId, syncId, progress) =>
      inside(workspaceId, (sql) => writeProgress(sql, workspaceId, { syncId, progress }), "forgettable"),
    plan: (workspaceId, syncId) => inside(workspaceId, (sql) => planSync(sql, workspaceId, syncId), "bulk forgettable"),
    apply: async (workspaceId, syncId, removalScopeIds) => {
      const applied = await inside(workspaceId, (sql) => applySync(sql, workspaceId, { syncId, removalScopeIds }), "bulk");
      await refresh(workspaceId, ["observation", "touched_group"], applied.added);
      return applied;
    },
    materialise: async (workspaceId, syncId, merge) => {
      const merged = await inside(workspaceId, (sql) => materialise(sql, workspaceId, { syncId, merge }), "bulk");
      await refresh(workspaceId, inventoryTables, merged.changes);
      return merged;
    },
    awaitingAnalysis: (workspaceId) => inside(workspaceId, (sql) => syncsAwaitingAnalysis(sql, workspaceId)),
    backlog: (workspaceId) => inside(workspaceId, (sql) => readBacklog(sql, workspaceId), "read only"),
    stranded: (workspaceId) => inside(workspaceId, (sql) => strandedJobs(sql, workspaceId)),
    sources: (workspaceId) => inside(workspaceId, (sql) => readSources(sql, workspaceId)),
    removeSources: (workspaceId, which) => inside(workspaceId, (sql) => removeSources(sql, workspaceId, which), "bulk"),
  };
}
