import type { AnalysisDelta, AnalysisResult, AnalysisStore, SnapshotBasis, TaskChange } from "@rollcall/posture-pipeline";
import type { Database, Sql } from "../database/database.ts";
import { refreshStatistics } from "../database/refresh-statistics.ts";
import { lockJudgements } from "./lock-judgements.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { writeFindings } from "./write-findings.ts";
import { writeGraph, writeTallies } from "./write-graph.ts";
import { upsertDay, writePosture } from "./write-posture.ts";
import { writeScores } from "./write-scores.ts";
import { writeTasks } from "./write-tasks.ts";

/** The details are only ever found by their key: reading their long documents for statistics would be wasted. */
const judgementTables = ["identity_score", "finding", "task"];

export function createAnalysisStore(database: Database): AnalysisStore {
  return {
    snapshot: (workspaceId) => database.sqlInWorkspace(workspaceId, (sql) => readSnapshot(sql, workspaceId), "snapshot"),
    write: async (workspaceId, result, tasks) => {
      const delta = await database.sqlInWorkspace(workspaceId, (sql) => write(sql, workspaceId, { result, tasks }), "bulk");
      if (delta !== null)
        await database.sqlInWorkspace(workspaceId, (sql) => refreshStatistics(sql, judgementTables, result.identities.length));
      return delta;
    },
    writeHistory: (workspaceId, points) =>
      database.sqlInWorkspace(workspaceId, async (sql) => {
        for (const point of points) await upsertDay(sql, workspaceId, point);
      }),
  };
}

async function write(
  sql: Sql,
  workspaceId: string,
  analysis: { readonly result: AnalysisResult; readonly tasks: readonly TaskChange[] },
): Promise<AnalysisDelta | null> {
  const { result, tasks } = analysis;
  await lockJudgements(sql, workspaceId);
  if (result.basis !== null && (await isOutdated(sql, workspaceId, result.basis))) return null;
  await writeScores(sql, workspaceId, result);
  await writeGraph(sql, workspaceId, result.graph, result.since?.graph ?? null);
  await writeTallies(sql, workspaceId, result.posture.tallies);
  const delta = await writeFindings(sql, workspaceId, result);
  await writeTasks(sql, workspaceId, tasks);
  const runId = await writePosture(sql, workspaceId, { result, delta });
  const done = tasks.filter((change) => !change.isNew && change.task.state === "done");
  return { runId, ...delta, tasksOpened: tasks.filter((change) => change.isNew).length, tasksDone: done.length };
}

/**
 * Whether an analysis must not be written any more: a source it speaks of was removed, so its findings would come back without their
 * subjects, or another analysis was stored since, which may have read a newer inventory. To be asked under the lock of the judgements.
 */
async function isOutdated(sql: Sql, workspaceId: string, basis: SnapshotBasis): Promise<boolean> {
  const { rows } = await sql.query(
    `select (select count(*) from source where workspace_id = $1 and id = any($2::uuid[])) as sources,
            (select run_id from analysis_run where workspace_id = $1) as run`,
    [workspaceId, basis.sourceIds],
  );
  return rows[0].sources < basis.sourceIds.length || rows[0].run !== basis.previousRunId;
}
