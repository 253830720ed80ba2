import type { PostureView, ReadStore, RuleTally } from "@rollcall/posture-pipeline";
import { kpisOf } from "../../analysis/posture-kpis.ts";
import type { Sql } from "../../database/database.ts";
import { listIdentities } from "../identities/list-identities.ts";
import { listSources } from "../sources/list-sources.ts";
import { kpiCatalogue } from "./kpi-catalogue.ts";
import { countRollup, type PostureRollup } from "./posture-rollup.ts";
import { taskFigures, trendPoints, type PosturePoint } from "./posture-facts.ts";

type StoredPosture = Awaited<ReturnType<ReadStore["posture"]>>;
const topRiskCount = 5;

export async function readTallies(sql: Sql, workspaceId: string): Promise<readonly RuleTally[]> {
  const { rows } = await sql.query(
    `select rule_id as "ruleId", pass, fail, unknown, not_applicable as "notApplicable" from rule_tally where workspace_id = $1 order by rule_id`,
    [workspaceId],
  );
  return rows;
}

export async function posture(sql: Sql, workspaceId: string): Promise<StoredPosture> {
  const {
    rows: [run],
  } = await sql.query("select as_of, finished_at, score, completeness, kpis, rollup from analysis_run where workspace_id = $1", [
    workspaceId,
  ]);
  const sources = await listSources(sql, workspaceId);
  const asOf: string = run?.as_of ?? new Date(0).toISOString();
  const tallies = await readTallies(sql, workspaceId);
  const rollup: PostureRollup = run?.rollup ?? (await countRollup(sql, workspaceId, { asOf, score: run?.score ?? null }));
  const { counts } = rollup;
  const tasks = await taskFigures(sql, workspaceId, asOf);
  const points = await trendPoints(sql, workspaceId);
  const sum = (verdict: "pass" | "fail" | "unknown"): number => tallies.reduce((total, tally) => total + tally[verdict], 0);
  const current: Readonly<Record<string, number | null>> =
    run === undefined
      ? {}
      : {
          ...run.kpis,
          ...kpisOf(counts),
          no_expiry: tasks.no_expiry,
          past_sla: tasks.past_sla,
          exceptions: tasks.exceptions,
        };
  const top = await listIdentities(sql, workspaceId, { filter: {}, sort: "score", direction: "desc", page: { limit: topRiskCount } });
  return {
    state: sources.every(({ origin }) => origin === "self") ? "empty" : run !== undefined ? "ready" : "analysing",
    analysedAt: run?.finished_at ?? null,
    score: run?.score ?? null,
    completeness: run?.completeness ?? 0,
    verdicts: { pass: sum("pass"), fail: sum("fail"), unknown: sum("unknown") },
    identities: counts.identities,
    openFindings: rollup.openFindings,
    changes: rollup.changes,
    kpis: kpis(current, { ...counts, ...tasks }, points),
    trend: points.map(({ date, score, completeness, critical, high }) => ({ date, score, completeness, critical, high })),
    topRisks: top.items,
    topActions: rollup.topActions,
    expiring: rollup.expiring,
    byOwner: rollup.byOwner,
    sources: sources.map(({ id, name, asOf: sourceAsOf, state }) => ({ id, name, asOf: sourceAsOf, state })),
    demo: sources.some((source) => source.origin === "demo"),
    tallies,
  };
}

function kpis(
  current: Readonly<Record<string, number | null>>,
  counts: Readonly<Record<string, number>>,
  points: readonly PosturePoint[],
): PostureView["kpis"] {
  return kpiCatalogue.map(({ detail, ...definition }) => ({
    ...definition,
    value: current[definition.id] ?? null,
    detail: detail(counts),
    trend: points.map((point) => point.kpis[definition.id] ?? null),
  }));
}
