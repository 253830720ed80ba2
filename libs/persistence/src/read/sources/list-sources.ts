import type { SourceView } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";

export type StoredSourceView = Omit<SourceView, "connectorTitle" | "sentence">;

export async function listSources(sql: Sql, workspaceId: string): Promise<readonly StoredSourceView[]> {
  const { rows } = await sql.query(
    `select src.id, src.connector, src.name, src.account, src.origin, src.as_of as "asOf", src.last_sync_at as "lastSyncAt",
            (select count(*) from identity i where i.workspace_id = $1 and i.source_id = src.id and i.gone_at is null) as identities,
            case when bool_or(s.status in ('staging', 'queued', 'running')) then 'syncing' when bool_or(s.status = 'held') then 'held'
                 when src.last_sync_at is null then 'never' else src.status end as state
       from source src left join sync s on s.workspace_id = $1 and s.source_id = src.id and s.status in ('staging', 'queued', 'running', 'held')
      where src.workspace_id = $1 group by src.workspace_id, src.id order by src.origin = 'demo', lower(src.name), src.id`,
    [workspaceId],
  );
  const scopes = await sql.query(
    `select source_id, dataset, region, outcome, observed_at as "observedAt", note, missing_permission as "missingPermission", rows
       from scope where workspace_id = $1 and observed_at is not null order by dataset, region`,
    [workspaceId],
  );
  const bySource = Map.groupBy(scopes.rows, (row) => row.source_id as string);
  return rows.map((row) => ({ ...row, datasets: (bySource.get(row.id) ?? []).map(({ source_id: _source, ...dataset }) => dataset) }));
}
