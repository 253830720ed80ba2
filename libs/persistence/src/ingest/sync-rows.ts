import { RunTakenOver, type RunToken, type SyncProgress, type SyncRow, type SyncStatus } from "@rollcall/posture-pipeline";
import type { SourceInfo } from "@rollcall/nhi-model";
import type { Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";

export async function readSync(sql: Sql, workspaceId: string, syncId: string): Promise<SyncRow | null> {
  if (!isUuid(syncId)) return null;
  const { rows } = await sql.query(
    `select s.id, s.workspace_id as "workspaceId", s.source_id as "sourceId", src.connector, s.status, s.as_of as "asOf",
            s.epoch, s.cancel_requested as "cancelRequested", case when s.removals_approved then s.removals_held end as "approvedRemovals"
       from sync s join source src on src.workspace_id = s.workspace_id and src.id = s.source_id
      where s.workspace_id = $1 and s.id = $2`,
    [workspaceId, syncId],
  );
  return rows[0] ?? null;
}

const finished: readonly SyncStatus[] = ["completed", "failed", "cancelled"];
const over = finished.map((status) => `'${status}'`).join(", ");

/** Waits for whoever writes with the run at this moment; after that their token is worth nothing. */
export async function claimSync(sql: Sql, workspaceId: string, syncId: string): Promise<SyncRow | null> {
  if (!isUuid(syncId)) return null;
  const { rowCount } = await sql.query(
    "update sync set status = 'running', error = null, epoch = epoch + 1 where workspace_id = $1 and id = $2 and status in ('queued', 'running')",
    [workspaceId, syncId],
  );
  return rowCount === 0 ? null : readSync(sql, workspaceId, syncId);
}

/** Locks the run for the rest of the transaction, so that nobody takes it before what follows is stored. */
export async function holdRun(sql: Sql, workspaceId: string, run: RunToken): Promise<void> {
  const { rowCount } = await sql.query(
    `select 1 from sync where workspace_id = $1 and id = $2 and epoch = $3 and status not in (${over}) for update`,
    [workspaceId, run.id, run.epoch],
  );
  if (rowCount === 0) throw new RunTakenOver(run.id);
}

export async function writeStatus(
  sql: Sql,
  workspaceId: string,
  change: { readonly run: RunToken; readonly status: SyncStatus; readonly error?: string | undefined },
): Promise<void> {
  // A held run waits for a person; the end of its analysis is not that person's answer.
  const { rowCount } = await sql.query(
    `update sync set status = $4, error = $5, finished_at = case when $4 in (${over}) then now() end, phase = case when $4 = 'completed' then 'done' else phase end
      where workspace_id = $1 and id = $2 and epoch = $3 and status not in (${over}) and not (status = 'held' and $4 in ('completed', 'failed'))`,
    [workspaceId, change.run.id, change.run.epoch, change.status, change.error ?? null],
  );
  if (rowCount === 1 && finished.includes(change.status)) await clearAway(sql, workspaceId, [change.run.id]);
}

const isOneOf = "s.workspace_id = $1 and s.id = r.id and s.epoch = r.epoch";
const idsAndEpochs = (runs: readonly RunToken[]): readonly [readonly string[], readonly number[]] => [
  runs.map(({ id }) => id),
  runs.map(({ epoch }) => epoch),
];

export async function completeAnalysed(
  sql: Sql,
  workspaceId: string,
  { runs, total }: { readonly runs: readonly RunToken[]; readonly total: number },
): Promise<void> {
  const { rows } = await sql.query(
    `update sync s set phase = 'done', done = $4, total = $4, status = case when s.status = 'held' then s.status else 'completed' end,
            error = case when s.status = 'held' then s.error end, finished_at = case when s.status <> 'held' then now() end
       from unnest($2::uuid[], $3::int[]) as r(id, epoch) where ${isOneOf} and s.status not in (${over}) returning s.id, s.status`,
    [workspaceId, ...idsAndEpochs(runs), total],
  );
  const ended = rows.filter(({ status }) => status === "completed").map(({ id }) => id as string);
  if (ended.length > 0) await clearAway(sql, workspaceId, ended);
}

/** Takes the run from whoever may still hold it. */
export async function abandonSync(sql: Sql, workspaceId: string, end: { readonly syncId: string; readonly error: string }): Promise<void> {
  const { rowCount } = await sql.query(
    `update sync set status = 'failed', error = $3, finished_at = now(), epoch = epoch + 1
      where workspace_id = $1 and id = $2 and status in ('staging', 'queued', 'running')`,
    [workspaceId, end.syncId, end.error],
  );
  if (rowCount === 1) await clearAway(sql, workspaceId, [end.syncId]);
}

async function clearAway(sql: Sql, workspaceId: string, syncIds: readonly string[]): Promise<void> {
  await sql.query("delete from staged_observation where workspace_id = $1 and sync_id = any($2::uuid[])", [workspaceId, syncIds]);
  await finishIngestions(sql, workspaceId, syncIds);
}

/** The run waits for a person, who is asked about this many rows and no more. */
export async function holdSync(
  sql: Sql,
  workspaceId: string,
  hold: { readonly run: RunToken; readonly reason: string; readonly removals: number },
): Promise<void> {
  await sql.query(
    `update sync set status = 'held', error = $4, removals_held = $5, removals_approved = false, removals_approved_by = null
      where workspace_id = $1 and id = $2 and epoch = $3 and status not in (${over})`,
    [workspaceId, hold.run.id, hold.run.epoch, hold.reason, hold.removals],
  );
}

async function finishIngestions(sql: Sql, workspaceId: string, syncIds: readonly string[]): Promise<void> {
  await sql.query(
    `update ingestion i set finished_at = now(), status = t.status
       from (select ingestion_id, case when bool_or(status = 'failed') then 'failed' when bool_or(status = 'cancelled') then 'cancelled' else 'completed' end as status
               from sync where workspace_id = $1 and ingestion_id in (select ingestion_id from sync where workspace_id = $1 and id = any($2::uuid[]))
              group by ingestion_id having bool_and(status in ('completed', 'failed', 'cancelled'))) t
      -- A demo load stages its syncs one after another and says itself when the last one is done.
      where i.workspace_id = $1 and i.id = t.ingestion_id and (i.origin <> 'demo' or t.status = 'failed')`,
    [workspaceId, syncIds],
  );
}

export async function writeProgress(
  sql: Sql,
  workspaceId: string,
  change: { readonly runs: readonly RunToken[]; readonly progress: SyncProgress },
): Promise<void> {
  const { phase, done, total } = change.progress;
  await sql.query(
    `update sync s set phase = $4, done = $5, total = $6 from unnest($2::uuid[], $3::int[]) as r(id, epoch) where ${isOneOf} and s.status not in (${over})`,
    [workspaceId, ...idsAndEpochs(change.runs), phase, done, total],
  );
}

export async function syncsAwaitingAnalysis(sql: Sql, workspaceId: string): Promise<RunToken[]> {
  const { rows } = await sql.query(
    "select id, epoch from sync where workspace_id = $1 and phase = 'analysing' and status in ('running', 'held') order by id",
    [workspaceId],
  );
  return rows as RunToken[];
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
