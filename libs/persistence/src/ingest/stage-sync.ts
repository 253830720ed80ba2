import type { ScopeReport } from "@rollcall/nhi-model";
import type { NewSync, ScopedObservation, SyncRow } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import { cleanText } from "../database/clean-text.ts";
import { bulkInsert } from "../database/bulk-insert.ts";
import type { Sql } from "../database/database.ts";
import { canonicalJson } from "../database/canonical-json.ts";
import { addToOutbox } from "./ingestion-store.ts";
import { readStoredScopes, stageMarkers } from "./relative-listing.ts";
import { scopeText, StagingDraft } from "./staging-draft.ts";
import { readSync } from "./sync-rows.ts";

/** In the view of an ingestion; all of them are rows of their own. */
const maxRejectedKept = 200;

export async function stageSync(
  sql: Sql,
  workspaceId: string,
  staged: { readonly sync: NewSync; readonly observations: Iterable<ScopedObservation> },
): Promise<SyncRow> {
  const { sync, observations } = staged;
  await refuseCancelled(sql, workspaceId, sync.ingestionId);
  const sourceId = await upsertSource(sql, workspaceId, sync);
  const syncId = await insertSync(sql, workspaceId, { sync, sourceId });
  const listed = await upsertScopes(sql, workspaceId, { sync, sourceId });
  const relative = listed.filter(({ report, known }) => report.outcome === "complete" && known);
  const stored = await readStoredScopes(sql, workspaceId, relative);
  await insertReports(sql, workspaceId, { syncId, listed, relativeIds: new Set(stored === null ? [] : relative.map(({ id }) => id)) });
  const draft = new StagingDraft(
    syncId,
    new Map(listed.map(({ id, report }) => [scopeText(report.scope), { id, stored: stored?.get(id)?.present ?? null }])),
  );
  const columns = ["sync_id", "seq", "scope_id", "kind", "ref", "identity_ref", "hash", "payload", "absent"];
  await bulkInsert(sql, workspaceId, { table: "staged_observation", columns }, draft.rows(observations));
  if (stored !== null) await stageMarkers(sql, workspaceId, { syncId, stored, rowCount: draft.rowCount });
  if (draft.repeated) await keepLastStatement(sql, workspaceId, syncId);
  await sql.query("update sync set status = 'queued', staged_rows = $3, done = 0, total = $3 where workspace_id = $1 and id = $2", [
    workspaceId,
    syncId,
    draft.statements,
  ]);
  if (sync.origin !== "demo") await addToOutbox(sql, workspaceId, { name: "ingest-sync", payload: { workspaceId, syncId } });
  return (await readSync(sql, workspaceId, syncId))!;
}

/** The share lock lets nobody cancel between this look and the end of the transaction. */
async function refuseCancelled(sql: Sql, workspaceId: string, ingestionId: string): Promise<void> {
  const { rows } = await sql.query(
    "select cancel_requested or (origin = 'demo' and finished_at is not null) as refused from ingestion where workspace_id = $1 and id = $2 for share",
    [workspaceId, ingestionId],
  );
  if (rows[0]?.refused !== false) throw new AppError("conflict", "This import was cancelled or is over.");
}

async function upsertSource(sql: Sql, workspaceId: string, sync: NewSync): Promise<string> {
  const { rows } = await sql.query(
    `insert into source (workspace_id, connector, account, name, origin) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, connector, account) do update set name = excluded.name returning id`,
    [workspaceId, sync.connector, cleanText(sync.account), cleanText(sync.sourceName), sync.origin],
  );
  return rows[0].id;
}

async function insertSync(sql: Sql, workspaceId: string, { sync, sourceId }: { sync: NewSync; sourceId: string }): Promise<string> {
  const { rows } = await sql.query(
    `insert into sync (workspace_id, source_id, ingestion_id, status, as_of, as_of_basis, totals, notes, rejected, rejected_total)
     values ($1, $2, $3, 'staging', $4, $5, $6, $7, $8, $9) returning id`,
    [
      workspaceId,
      sourceId,
      sync.ingestionId,
      sync.asOf,
      sync.asOfBasis,
      canonicalJson(sync.totals),
      canonicalJson(sync.notes),
      canonicalJson(sync.rejected.slice(0, maxRejectedKept)),
      sync.rejected.length,
    ],
  );
  await bulkInsert(
    sql,
    workspaceId,
    { table: "rejected_record", columns: ["sync_id", "seq", "place", "code", "message"] },
    rejectedRows(rows[0].id, sync),
  );
  await sql.query("update ingestion set status = 'processing' where workspace_id = $1 and id = $2 and status = 'pending'", [
    workspaceId,
    sync.ingestionId,
  ]);
  return rows[0].id;
}

interface ListedScope {
  readonly id: string;
  readonly report: ScopeReport;
  /** How many rows it shows, and whether any listing of it was stored yet. */
  readonly rows: number;
  readonly known: boolean;
}

function* rejectedRows(syncId: string, { rejected }: NewSync): Generator<readonly (string | number)[]> {
  for (const [seq, { where, code, message }] of rejected.entries())
    yield [syncId, seq, cleanText(where), cleanText(code), cleanText(message)];
}

async function upsertScopes(
  sql: Sql,
  workspaceId: string,
  { sync, sourceId }: { readonly sync: NewSync; readonly sourceId: string },
): Promise<readonly ListedScope[]> {
  // Two files of one dataset may each report the same scope; the scope is as good as its worst report.
  const quality = ["complete", "partial", "denied", "failed"];
  const reports = new Map<string, ScopeReport>();
  for (const report of sync.reports) {
    const key = scopeText(report.scope);
    const earlier = reports.get(key);
    if (earlier === undefined || quality.indexOf(report.outcome) > quality.indexOf(earlier.outcome)) reports.set(key, report);
  }
  if (reports.size === 0) return [];
  const list = [...reports.values()].map(({ scope }) => scope);
  const { rows } = await sql.query(
    `insert into scope (workspace_id, source_id, dataset, account, region)
     select $1, $2, dataset, account, region from unnest($3::text[], $4::text[], $5::text[]) as r(dataset, account, region)
     on conflict (workspace_id, source_id, dataset, account, region) do update set region = excluded.region
     returning id, dataset, account, region, rows, observed_at is not null as known`,
    [workspaceId, sourceId, list.map((s) => s.dataset), list.map((s) => s.account), list.map((s) => s.region)],
  );
  return rows.map((row) => ({
    id: row.id,
    report: reports.get(JSON.stringify([row.dataset, row.account, row.region]))!,
    rows: row.rows,
    known: row.known,
  }));
}

/** Complete listings of scopes that are known are staged relative to what is stored; a part of a listing confirms row by row and is not. */
async function insertReports(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly listed: readonly ListedScope[]; readonly relativeIds: ReadonlySet<string> },
): Promise<void> {
  const { listed } = run;
  if (listed.length === 0) return;
  await sql.query(
    `insert into sync_scope (workspace_id, sync_id, scope_id, outcome, observed_at, note, missing_permission, relative)
     select $1, $2, r.* from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::boolean[]) as r`,
    [
      workspaceId,
      run.syncId,
      listed.map(({ id }) => id),
      listed.map(({ report }) => report.outcome),
      listed.map(({ report }) => report.observedAt),
      listed.map(({ report }) => report.note ?? null),
      listed.map(({ report }) => report.missingPermission ?? null),
      listed.map(({ id }) => run.relativeIds.has(id)),
    ],
  );
}

async function keepLastStatement(sql: Sql, workspaceId: string, syncId: string): Promise<void> {
  await sql.query(
    `delete from staged_observation s using (
       select scope_id, kind, ref, max(seq) as last from staged_observation where workspace_id = $1 and sync_id = $2 group by 1, 2, 3 having count(*) > 1) d
     where s.workspace_id = $1 and s.sync_id = $2 and s.scope_id = d.scope_id and s.kind = d.kind and s.ref = d.ref and s.seq < d.last`,
    [workspaceId, syncId],
  );
}
