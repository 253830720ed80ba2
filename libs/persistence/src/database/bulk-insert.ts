import type { Sql } from "./database.ts";
import { runBatch } from "./run-batch.ts";
import { copyIn, type CopyValue } from "./copy-in.ts";

/**
 * COPY into a tenant table. PostgreSQL refuses COPY FROM under row-level security, so the rows go through a temporary table of the
 * same columns, made once per connection; `workspace_id` is filled in here. Once per table in a transaction, always with the same
 * columns. Returns the number of rows.
 */
export async function bulkInsert(
  sql: Sql,
  workspaceId: string,
  target: { readonly table: string; readonly columns: readonly string[] },
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  const columns = target.columns.join(", ");
  const temporary = `copy_${target.table}`;
  const all = rows[Symbol.iterator]();
  const first = all.next();
  if (first.done === true) return 0;
  await sql.query(
    `create temp table if not exists ${temporary} on commit delete rows as select ${columns} from ${target.table} with no data`,
  );
  const count = await copyIn(sql, { table: temporary, columns: target.columns }, startingWith(first.value, all));
  await runBatch(sql, [`insert into ${target.table} (workspace_id, ${columns}) select $1, ${columns} from ${temporary}`], [workspaceId]);
  return count;
}

function* startingWith<T>(first: T, rest: Iterator<T>): Generator<T> {
  yield first;
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
}
