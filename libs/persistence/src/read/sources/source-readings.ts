import type { SourceReading } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";

export async function sourceReadings(sql: Sql, workspaceId: string): Promise<readonly SourceReading[]> {
  const { rows } = await sql.query(
    `select src.id, src.connector, src.name, src.account, src.as_of as "asOf", src.last_success_at as "lastSuccessAt",
            src.expected_interval_hours as "expectedIntervalHours", src.status,
            (select s.id from sync s where s.workspace_id = $1 and s.source_id = src.id and s.status = 'completed' order by s.id desc limit 1) as "syncId",
            array(select distinct sc.dataset from scope sc
                   where sc.workspace_id = $1 and sc.source_id = src.id and sc.observed_at is not null and sc.outcome <> 'complete' order by 1) as "inPart"
       from source src where src.workspace_id = $1 order by src.id`,
    [workspaceId],
  );
  return rows;
}
