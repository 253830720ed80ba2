import type { Sql } from "../database/database.ts";

/**
 * Whether a run of the workspace is in the queue or with a worker. One that was taken more than once had its turn: it failed, or took its
 * worker down, and the others do not wait for its next attempt.
 */
export async function hasRunInHand(sql: Sql, workspaceId: string, leaseSeconds: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select s.id from sync s join ingestion i on i.workspace_id = s.workspace_id and i.id = s.ingestion_id
      where s.workspace_id = $1 and s.status in ('queued', 'running') and s.phase <> 'analysing' and s.epoch <= 1 and i.origin <> 'demo'
     except
     select (payload ->> 'syncId')::uuid from outbox
      where workspace_id = $1 and job = 'ingest-sync' and (claimed_at is null or claimed_at < now() - make_interval(secs => $2))
     limit 1`,
    [workspaceId, leaseSeconds],
  );
  return (rowCount ?? 0) > 0;
}
