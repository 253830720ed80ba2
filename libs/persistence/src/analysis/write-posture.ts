import type { AnalysisResult, PostureResult } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";
import { storeRollup } from "../read/posture/posture-rollup.ts";
import { countInventory, kpisOf } from "./posture-kpis.ts";
import type { FindingDelta } from "./write-findings.ts";

export interface PostureDay {
  readonly date: string;
  readonly posture: PostureResult;
}

/** Returns the id of the analysis. */
export async function writePosture(
  sql: Sql,
  workspaceId: string,
  analysis: { readonly result: AnalysisResult; readonly delta: FindingDelta },
): Promise<string> {
  const { result, delta } = analysis;
  const kpis = {
    ...result.posture.kpis,
    ...kpisOf(await countInventory(sql, workspaceId)),
    ...(await findingKpis(sql, workspaceId, result.asOf)),
  };
  const { rows } = await sql.query<{ run_id: string }>(
    `insert into analysis_run (workspace_id, run_id, as_of, finished_at, score, completeness, kpis, total_weight, opened, resolved)
     values ($1, uuidv7()::text, $2, now(), $3, $4, $5, $6, $7, $8)
     on conflict (workspace_id) do update set run_id = excluded.run_id, as_of = excluded.as_of, finished_at = excluded.finished_at, score = excluded.score,
       completeness = excluded.completeness, kpis = excluded.kpis, total_weight = excluded.total_weight, opened = excluded.opened, resolved = excluded.resolved returning run_id`,
    [
      workspaceId,
      result.asOf,
      result.posture.score,
      result.posture.completeness,
      JSON.stringify(kpis),
      result.graph.totalWeight,
      delta.opened,
      delta.resolved,
    ],
  );
  await upsertDay(sql, workspaceId, { date: result.asOf.slice(0, 10), posture: { ...result.posture, kpis } });
  await storeRollup(sql, workspaceId, { asOf: result.asOf, score: result.posture.score });
  return rows[0]!.run_id;
}

/**
 * How long the findings that went away in the last 90 days had been open, on average. One that was seen by a single analysis, of a clock
 * that was set back since, has no length: it says nothing about how long mending takes.
 */
async function findingKpis(sql: Sql, workspaceId: string, asOf: string): Promise<Readonly<Record<string, number | null>>> {
  const { rows } = await sql.query(
    `select round((avg(extract(epoch from resolved_at - first_seen_at)) / 86400)::numeric, 1) as days from finding
      where workspace_id = $1 and state = 'resolved' and resolved_at > $2::timestamptz - interval '90 days' and resolved_at > first_seen_at`,
    [workspaceId, asOf],
  );
  return { mean_days_to_fix: rows[0].days };
}

export async function upsertDay(sql: Sql, workspaceId: string, day: PostureDay): Promise<void> {
  const { kpis } = day.posture;
  await sql.query(
    `insert into posture_point (workspace_id, day, score, completeness, kpis, tallies, identities, critical, high)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (workspace_id, day) do update set score = excluded.score, completeness = excluded.completeness, kpis = excluded.kpis, tallies = excluded.tallies,
       identities = excluded.identities, critical = excluded.critical, high = excluded.high, updated_at = now()`,
    [
      workspaceId,
      day.date,
      day.posture.score,
      day.posture.completeness,
      JSON.stringify(kpis),
      JSON.stringify(day.posture.tallies),
      kpis["identities"] ?? 0,
      kpis["findings_critical"] ?? 0,
      kpis["findings_high"] ?? 0,
    ],
  );
}
