import type { SourceSelection } from "@rollcall/posture-pipeline";
import { lockJudgements } from "../analysis/lock-judgements.ts";
import { appendAudit } from "../audit/append-audit.ts";
import type { Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";
import { forgetRollup } from "../read/posture/posture-rollup.ts";
import { addToOutbox } from "./ingestion-store.ts";

/**
 * Everything that hangs on the sources goes with them by foreign key; the rest is named here. No analysis writes meanwhile, and one
 * that read the inventory before finds out when it wants to write. The analysis that follows is announced in the same transaction.
 */
export async function removeSources(sql: Sql, workspaceId: string, which: SourceSelection): Promise<number> {
  // A load that is still running must not bring back what goes now.
  const stopped = "origin" in which ? await stopRequests(sql, workspaceId, which.origin) : 0;
  const wanted = await sql.query(
    "origin" in which
      ? "select id from source where workspace_id = $1 and origin = $2"
      : "select id from source where workspace_id = $1 and id = any($2::uuid[])",
    [workspaceId, "origin" in which ? which.origin : which.sourceIds.filter(isUuid)],
  );
  const sourceIds = wanted.rows.map((row) => row.id as string);
  if (sourceIds.length === 0 && stopped === 0) return 0;
  const values = [workspaceId, sourceIds];
  // In the order in which a running sync takes them.
  await sql.query("select 1 from sync where workspace_id = $1 and source_id = any($2::uuid[]) order by id for update", values);
  await sql.query("select 1 from source where workspace_id = $1 and id = any($2::uuid[]) order by id for update", values);
  await lockJudgements(sql, workspaceId);
  const { rows } = await sql.query(
    "select count(*) as identities from identity where workspace_id = $1 and source_id = any($2::uuid[]) and gone_at is null",
    values,
  );
  for (const statement of removals) await sql.query(statement, values);
  await forgetRollup(sql, workspaceId);
  await addToOutbox(sql, workspaceId, { name: "analyse-workspace", payload: { workspaceId, syncId: null } });
  const [only] = sourceIds;
  await appendAudit(sql, workspaceId, {
    action: "source.removed",
    object: { kind: "source", id: sourceIds.length === 1 && only !== undefined ? only : null },
    detail: { sourceIds, identities: Number(rows[0].identities), ...("origin" in which ? { origin: which.origin } : {}) },
  });
  return rows[0].identities;
}

const subjects = "(select id from identity where workspace_id = $1 and source_id = any($2::uuid[]) union all select unnest($2::uuid[]))";

const removals = [
  `delete from finding where workspace_id = $1 and subject_id in ${subjects}`,
  `delete from task where workspace_id = $1 and subject_id in ${subjects}`,
  // A plan that speaks of something that nobody reads any more could never be verified.
  "delete from task where workspace_id = $1 and plan is not null and plan -> 'sourceIds' ?| $2::text[]",
  "delete from identity_score_detail d using identity_score s where s.workspace_id = $1 and s.source_id = any($2::uuid[]) and d.workspace_id = $1 and d.identity_id = s.identity_id",
  "delete from identity_score where workspace_id = $1 and source_id = any($2::uuid[])",
  "delete from observation where workspace_id = $1 and source_id = any($2::uuid[])",
  "delete from touched_group where workspace_id = $1 and source_id = any($2::uuid[])",
  "delete from staged_observation where workspace_id = $1 and sync_id in (select id from sync where workspace_id = $1 and source_id = any($2::uuid[]))",
  "delete from source where workspace_id = $1 and id = any($2::uuid[])",
];

async function stopRequests(sql: Sql, workspaceId: string, origin: string): Promise<number> {
  const { rowCount } = await sql.query(
    "update ingestion set cancel_requested = true, status = 'cancelled', finished_at = now() where workspace_id = $1 and origin = $2 and finished_at is null",
    [workspaceId, origin],
  );
  return rowCount ?? 0;
}
