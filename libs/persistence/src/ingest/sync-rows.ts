import type { SyncProgress, SyncRow, SyncStatus } from "@rollcall/posture-pipeline";
import type { SourceInfo } from "@rollcall/nhi-model";
import type { Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";

export async function readSync(sql: Sql, workspaceId: string, syncId: string): Promise<SyncRow | null> {
  if (!isUuid(syncId)) return null;
  const { rows } = await sql.query(
    `select s.id, s.workspace_id as "workspaceId", s.source_id as "sourceId", src.connector, s.status, s.as_of as "asOf",
            s.cancel_requested as "cancelRequested", case when s.removals_approved then s.removals_held end as "approvedRemovals"
       from sync s join source src on src.workspace_id = s.workspace_id and src.id = s.source_id
      where s.workspace_id = $1 and s.id = $2`,
    [workspaceId, syncId],
  );
  return rows[0] ?? null;
}

const finished: readonly SyncStatus[] = ["completed", "failed", "cancelled"];

export async function writeStatus(
  sql: Sql,
  workspaceId: string,
  change: { readonly syncId: string; readonly status: SyncStatus; readonly error?: string | undefined },
): Promise<void> {
  const done = finished.includes(change.status);
  // A held run waits for a person; finishing its analysis is not that person's answer.
  const { rowCount } = await sql.query(
    `update sync set status = $3, error = $4, finished_at = case when $5 then now() end, phase = case when $3 = 'completed' then 'done' else phase end
      where workspace_id = $1 and id = $2 and not (status = 'held' and $3 = 'completed')`,
    [workspaceId, change.syncId, change.status, change.error ?? null, done],
  );
  if (!done || rowCount === 0) return;
  await sql.query("delete from staged_observation where workspace_id = $1 and sync_id = $2", [workspaceId, change.syncId]);
  await finishIngestion(sql, workspaceId, change.syncId);
}

/** The run waits for a person, who is asked about this many rows and no more. */
export async function holdSync(
  sql: Sql,
  workspaceId: string,
  hold: { readonly syncId: string; readonly reason: string; readonly removals: number },
): Promise<void> {
  await sql.query(
    "update sync set status = 'held', error = $3, removals_held = $4, removals_approved = false, removals_approved_by = null where workspace_id = $1 and id = $2",
    [workspaceId, hold.syncId, hold.reason, hold.removals],
  );
}

async function finishIngestion(sql: Sql, workspaceId: string, syncId: string): Promise<void> {
  await sql.query(
    `update ingestion i set finished_at = now(), status = t.status
       from (select ingestion_id, case when bool_or(status = 'failed') then 'failed' when bool_or(status = 'cancelled') then 'cancelled' else 'completed' end as status
               from sync where workspace_id = $1 and ingestion_id = (select ingestion_id from sync where workspace_id = $1 and id = $2)
              group by ingestion_id having bool_and(status in ('completed', 'failed', 'cancelled'))) t
      -- A demo load stages its syncs one after another and says itself when the last one is done.
      where i.workspace_id = $1 and i.id = t.ingestion_id and (i.origin <> 'demo' or t.status = 'failed')`,
    [workspaceId, syncId],
  );
}

export async function writeProgress(
  sql: Sql,
  workspaceId: string,
  change: { readonly syncId: string; readonly progress: SyncProgress },
): Promise<void> {
  const { phase, done, total } = change.progress;
  await sql.query("update sync set phase = $3, done = $4, total = $5 where workspace_id = $1 and id = $2", [
    workspaceId,
    change.syncId,
    phase,
    done,
    total,
  ]);
}

export async function syncsAwaitingAnalysis(sql: Sql, workspaceId: string): Promise<string[]> {
  const { rows } = await sql.query(
    "select id from sync where workspace_id = $1 and phase = 'analysing' and status in ('running', 'held') order by id",
    [workspaceId],
  );
  return rows.map((row) => row.id);
}

/** What was left behind long ago (a queue that was lost) holds nobody up. */
export async function readBacklog(sql: Sql, workspaceId: string): Promise<{ unfinished: number; waitingSeconds: number }> {
  const { rows } = await sql.query(
    `select count(*) filter (where phase <> 'analysing' and status in ('queued', 'running') and created_at > now() - interval '10 minutes') as unfinished,
            coalesce(extract(epoch from now() - min(created_at) filter (where phase = 'analysing' and status in ('running', 'held'))), 0)::float8 as "waitingSeconds"
       from sync where workspace_id = $1 and status in ('queued', 'running', 'held')`,
    [workspaceId],
  );
  return rows[0];
}

export async function readSources(sql: Sql, workspaceId: string): Promise<SourceInfo[]> {
  const { rows } = await sql.query(
    `select id, connector, name, account, as_of as "asOf", last_success_at as "lastSuccessAt", expected_interval_hours as "expectedIntervalHours", status
       from source where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows;
}
