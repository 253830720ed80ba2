import type { RejectedPage } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";

export async function rejectedRecords(
  sql: Sql,
  workspaceId: string,
  { ingestionId, offset, limit }: { readonly ingestionId: string; readonly offset: number; readonly limit: number },
): Promise<RejectedPage | null> {
  const here = [workspaceId, ingestionId];
  const {
    rows: [counts],
  } = await sql.query(
    `select (select coalesce(sum(s.rejected_total), 0) from sync s where s.workspace_id = $1 and s.ingestion_id = $2) as total,
            (select count(*) from rejected_record r join sync s on s.workspace_id = $1 and s.id = r.sync_id where r.workspace_id = $1 and s.ingestion_id = $2) as kept
       from ingestion i where i.workspace_id = $1 and i.id = $2`,
    here,
  );
  if (counts === undefined) return null;
  const { rows } = await sql.query(
    `select r.sync_id as "syncId", r.place as "where", r.code, r.message
       from sync s join rejected_record r on r.workspace_id = $1 and r.sync_id = s.id
      where s.workspace_id = $1 and s.ingestion_id = $2 order by r.sync_id, r.seq offset $3 limit $4`,
    [...here, offset, limit],
  );
  return { items: rows as unknown as RejectedPage["items"], kept: Number(counts.kept), total: Number(counts.total) };
}
