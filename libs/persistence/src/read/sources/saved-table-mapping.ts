import { tableMapping, type TableMapping } from "@rollcall/nhi-model";
import type { Sql } from "../../database/database.ts";

/** Out of what the last table said about itself. */
export async function savedTableMapping(sql: Sql, workspaceId: string, source: string): Promise<TableMapping | null> {
  const {
    rows: [row],
  } = await sql.query(
    `select o.payload -> 'facts' as facts from source src
       join observation o on o.workspace_id = $1 and o.source_id = src.id and o.kind = 'source' and o.ref = 'mapping'
      where src.workspace_id = $1 and src.connector = 'csv' and src.account = $2`,
    [workspaceId, source],
  );
  const parsed = tableMapping.safeParse({ ...(row?.facts as object | undefined), source });
  return row !== undefined && parsed.success ? parsed.data : null;
}
