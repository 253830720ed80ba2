import type { Sql } from "./database.ts";

/** Below this share of what is stored, looking up row by row in an index is cheaper than reading everything once. */
const bulkShare = 0.05;

/**
 * For the rest of the transaction, keeps the planner from looping when a good part of what is stored takes part. Nothing is known
 * yet of rows written a moment ago: it expects one row of a new source and would then compare every new row with every other.
 * Returns whether it did; if not, the statistics of temporary tables matter and should be taken.
 */
export async function preferHashJoins(sql: Sql, size: { readonly rows: number; readonly stored: number }): Promise<boolean> {
  const bulk = size.rows > 0 && size.rows >= bulkShare * size.stored;
  if (bulk) await sql.query("set local enable_nestloop = off");
  return bulk;
}
