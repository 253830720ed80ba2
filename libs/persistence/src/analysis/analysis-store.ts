import type { AnalysisDelta, AnalysisResult, AnalysisStore, TaskChange } from "@rollcall/posture-pipeline";
import type { Database, Sql } from "../database/database.ts";
import { refreshStatistics } from "../database/refresh-statistics.ts";
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
): Promise<AnalysisDelta> {
  const { result, tasks } = analysis;
  // One analysis of a workspace writes at a time; readers never wait.
  await sql.query("select pg_advisory_xact_lock(hashtext('rollcall analysis'), hashtext($1))", [workspaceId]);
  await writeScores(sql, workspaceId, result);
  await writeGraph(sql, workspaceId, result.graph);
  await writeTallies(sql, workspaceId, result.posture.tallies);
  const delta = await writeFindings(sql, workspaceId, result);
  await writeTasks(sql, workspaceId, tasks);
  await writePosture(sql, workspaceId, { result, delta });
  const done = tasks.filter((change) => !change.isNew && change.task.state === "done");
  return { ...delta, tasksOpened: tasks.filter((change) => change.isNew).length, tasksDone: done.length };
}
