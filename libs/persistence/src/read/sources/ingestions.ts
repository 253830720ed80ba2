import type { IngestionView, Page, PageRequest } from "@rollcall/posture-pipeline";
import type { DbRow, Sql } from "../../database/database.ts";
import { decodeCursor, pageOf } from "../cursor.ts";
import { createParameters } from "../parameters.ts";

type SyncView = IngestionView["syncs"][number];

/** A request is as far as its syncs: held while one waits for a person, failed when one failed. */
export function ingestionStatus(stored: IngestionView["status"], syncs: readonly Pick<SyncView, "status">[]): IngestionView["status"] {
  if (stored === "failed" || stored === "cancelled" || syncs.length === 0) return stored;
  const some = (...wanted: readonly string[]): boolean => syncs.some((sync) => wanted.includes(sync.status));
  if (some("staging", "queued", "running")) return "processing";
  if (some("held")) return "held";
  if (some("failed")) return "failed";
  return some("cancelled") ? "cancelled" : stored === "pending" ? "processing" : "completed";
}

async function withSyncs(sql: Sql, workspaceId: string, rows: readonly DbRow[]): Promise<readonly IngestionView[]> {
  const syncs = await sql.query(
    `select s.ingestion_id, s.id, s.source_id as "sourceId", src.connector, src.name as "sourceName", s.as_of as "asOf", s.as_of_basis as "asOfBasis", s.status, s.phase, s.done, s.total,
            s.counts, s.totals, s.notes, s.rejected, s.rejected_total as "rejectedTotal", s.error
       from sync s join source src on src.workspace_id = $1 and src.id = s.source_id
      where s.workspace_id = $1 and s.ingestion_id = any($2::uuid[]) order by s.id`,
    [workspaceId, rows.map((row) => row.id)],
  );
  const byIngestion = Map.groupBy(syncs.rows, (row) => row.ingestion_id as string);
  return rows.map((row): IngestionView => {
    const own = byIngestion.get(row.id) ?? [];
    const error = (row.error as string | null) ?? own.map((sync) => sync.error as string | null).find((text) => text !== null) ?? null;
    return {
      id: row.id,
      status: ingestionStatus(row.status, own),
      createdAt: row.created_at,
      finishedAt: row.finished_at,
      files: row.files,
      error,
      syncs: own.map(({ ingestion_id: _ingestion, error: _error, ...sync }) => sync as SyncView),
    };
  });
}

export async function ingestion(sql: Sql, workspaceId: string, ingestionId: string): Promise<IngestionView | null> {
  const { rows } = await sql.query(
    "select id, status, created_at, finished_at, files, error from ingestion where workspace_id = $1 and id = $2",
    [workspaceId, ingestionId],
  );
  return (await withSyncs(sql, workspaceId, rows))[0] ?? null;
}

/** Newest first. That Rollcall reads itself every few hours is no import of anybody's. */
export async function listIngestions(sql: Sql, workspaceId: string, page: PageRequest): Promise<Page<IngestionView>> {
  const parameters = createParameters(workspaceId);
  const after = decodeCursor(page.cursor);
  const keyset = after === null ? "" : ` and id < ${parameters.bind(after[1])}::uuid`;
  const { rows } = await sql.query(
    `select id, status, created_at, finished_at, files, error from ingestion where workspace_id = $1 and origin <> 'self'${keyset} order by id desc limit ${parameters.bind(page.limit + 1)}`,
    parameters.values,
  );
  const views = await withSyncs(sql, workspaceId, rows);
  return pageOf(views, page.limit, { item: (view) => view, position: (view) => ["", view.id] });
}
