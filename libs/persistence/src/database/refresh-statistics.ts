import type { Sql } from "./database.ts";

/** Fewer than this change no plan. */
export const fewRows = 500;
/** A plan that is good for a table is good for one of twice its size. */
const grownBy = 1;

/**
 * Tells the planner about tables that just grew: the server's own housekeeping comes a minute later, and until then an import that
 * follows would be planned as if they were empty. Run it in a transaction of its own, because it holds a lock until the end.
 */
export async function refreshStatistics(sql: Sql, tables: readonly string[], changedRows: number): Promise<void> {
  if (changedRows < fewRows) return;
  const { rows } = await sql.query(
    "select relname, reltuples from pg_class where relnamespace = 'public'::regnamespace and relname = any($1) order by relname",
    [tables],
  );
  for (const row of rows) {
    if (changedRows > grownBy * Math.max(row.reltuples, 0)) await sql.query(`analyze ${row.relname}`);
  }
}
