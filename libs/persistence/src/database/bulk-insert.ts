import type { Sql } from "./database.ts";
import { copyIn, type CopyValue } from "./copy-in.ts";

/**
 * COPY into a tenant table. PostgreSQL refuses COPY FROM under row-level security, so the rows go through a temporary table of the
 * same columns; `workspace_id` is filled in here. Returns the number of rows.
 */
export async function bulkInsert(sql: Sql, workspaceId: string, target: { readonly table: string; readonly columns: readonly string[] }, rows: Iterable<readonly CopyValue[]>): Promise<number> {
  const columns = target.columns.join(", ");
  const temporary = `copy_${target.table}`;
  await sql.query(`create temp table ${temporary} on commit drop as select ${columns} from ${target.table} with no data`);
  const count = await copyIn(sql, { table: temporary, columns: target.columns }, rows);
  if (count > 0) await sql.query(`insert into ${target.table} (workspace_id, ${columns}) select $1, ${columns} from ${temporary}`, [workspaceId]);
  await sql.query(`drop table ${temporary}`);
  return count;
}
