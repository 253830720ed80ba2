import type { IngestionStore, Job } from "@rollcall/posture-pipeline";
import { appendAudit } from "../audit/append-audit.ts";
import type { Database, Sql } from "../database/database.ts";
import { isUuid } from "../database/is-uuid.ts";

export function createIngestionStore(database: Database): IngestionStore {
  const inside = database.sqlInWorkspace;
  return {
    createIngestion: (workspaceId, request) =>
      inside(workspaceId, async (sql) => {
        const { rows } = await sql.query(
          "insert into ingestion (workspace_id, origin, files, created_by) values ($1, $2, $3, $4) returning id",
          [workspaceId, request.origin, request.files, request.createdBy],
        );
        const id = rows[0].id as string;
        await appendAudit(sql, workspaceId, {
          action: "ingestion.created",
          object: { kind: "ingestion", id },
          detail: { origin: request.origin, files: request.files.slice(0, 20), fileCount: request.files.length },
        });
        return id;
      }),
    failIngestion: (workspaceId, ingestionId, error) =>
      inside(workspaceId, async (sql) => {
        await sql.query(
          "update ingestion set status = 'failed', error = $3, finished_at = now() where workspace_id = $1 and id = $2 and status <> 'cancelled'",
          [workspaceId, ingestionId, error],
        );
      }),
    finishIngestion: (workspaceId, ingestionId) =>
      inside(workspaceId, async (sql) => {
        await sql.query(
          "update ingestion set status = 'completed', finished_at = now() where workspace_id = $1 and id = $2 and finished_at is null",
          [workspaceId, ingestionId],
        );
      }),
    isCancelled: (workspaceId, ingestionId) =>
      inside(workspaceId, async (sql) => {
        const { rows } = await sql.query("select cancel_requested from ingestion where workspace_id = $1 and id = $2", [
          workspaceId,
          ingestionId,
        ]);
        return rows[0]?.cancel_requested ?? true;
      }),
    cancelIngestion: async (workspaceId, ingestionId) =>
      isUuid(ingestionId) ? inside(workspaceId, (sql) => cancel(sql, workspaceId, ingestionId)) : false,
    approveRemovals: async (workspaceId, syncId, actorId) =>
      isUuid(syncId) ? inside(workspaceId, (sql) => approve(sql, workspaceId, { syncId, actorId })) : false,
    addToOutbox: (workspaceId, job) => inside(workspaceId, (sql) => addToOutbox(sql, workspaceId, job)),
  };
}

export async function addToOutbox(sql: Sql, workspaceId: string, job: Job): Promise<void> {
  await sql.query("insert into outbox (workspace_id, job, payload) values ($1, $2, $3)", [
    workspaceId,
    job.name,
    JSON.stringify(job.payload),
  ]);
}

async function cancel(sql: Sql, workspaceId: string, ingestionId: string): Promise<boolean> {
  const { rowCount } = await sql.query("update ingestion set cancel_requested = true where workspace_id = $1 and id = $2", [
    workspaceId,
    ingestionId,
  ]);
  if (rowCount === 0) return false;
  await sql.query(
    "update sync set cancel_requested = true where workspace_id = $1 and ingestion_id = $2 and status not in ('completed', 'failed', 'cancelled')",
    [workspaceId, ingestionId],
  );
  // What no worker has begun, or what waits for a person, has nobody else to end it.
  const ended = await sql.query(
    "update sync set status = 'cancelled', epoch = epoch + 1, finished_at = now() where workspace_id = $1 and ingestion_id = $2 and status in ('staging', 'queued', 'held') returning id",
    [workspaceId, ingestionId],
  );
  await sql.query("delete from staged_observation where workspace_id = $1 and sync_id = any($2::uuid[])", [
    workspaceId,
    ended.rows.map((row) => row.id),
  ]);
  await sql.query(
    `update ingestion set status = 'cancelled', finished_at = now() where workspace_id = $1 and id = $2 and finished_at is null
      and not exists (select 1 from sync where workspace_id = $1 and ingestion_id = $2 and status not in ('completed', 'failed', 'cancelled'))`,
    [workspaceId, ingestionId],
  );
  await appendAudit(sql, workspaceId, { action: "ingestion.cancelled", object: { kind: "ingestion", id: ingestionId } });
  return true;
}

async function approve(sql: Sql, workspaceId: string, request: { readonly syncId: string; readonly actorId: string }): Promise<boolean> {
  const { rows } = await sql.query(
    `update sync set status = 'queued', epoch = epoch + 1, removals_approved = true, removals_approved_by = $3, error = null where workspace_id = $1 and id = $2 and status = 'held'
     returning removals_held as "atMost"`,
    [workspaceId, request.syncId, request.actorId],
  );
  const [approved] = rows;
  if (approved === undefined) return false;
  await addToOutbox(sql, workspaceId, { name: "ingest-sync", payload: { workspaceId, syncId: request.syncId } });
  await appendAudit(sql, workspaceId, {
    action: "removals.approved",
    object: { kind: "sync", id: request.syncId },
    detail: { atMost: approved["atMost"] },
  });
  return true;
}
