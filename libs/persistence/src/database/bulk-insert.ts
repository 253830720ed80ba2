import type { Sql } from "./database.ts";
import { runBatch } from "./run-batch.ts";
import { copyIn, type CopyValue } from "./copy-in.ts";

/**
 * COPY into a tenant table. PostgreSQL refuses COPY FROM under row-level security, so the rows go through a temporary table of the
 * same columns; `workspace_id` is filled in here. Returns the number of rows.
 */
export async function bulkInsert(
  sql: Sql,
  workspaceId: string,
  target: { readonly table: string; readonly columns: readonly string[] },
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  const columns = target.columns.join(", ");
  const temporary = `copy_${target.table}`;
  await sql.query(`create temp table ${temporary} on commit drop as select ${columns} from ${target.table} with no data`);
  const count = await copyIn(sql, { table: temporary, columns: target.columns }, rows);
  const store = count > 0 ? [`insert into ${target.table} (workspace_id, ${columns}) select $1, ${columns} from ${temporary}`] : [];
  await runBatch(sql, [...store, `drop table ${temporary}`], [workspaceId]);
  return count;
}
