import type { Total } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";

export const countCap = 10_000;

/** Counts the rows of `from ... where ...` exactly up to the cap; beyond it the exact number helps nobody and costs a full scan. */
export async function cappedTotal(sql: Sql, fromWhere: string, values: readonly unknown[]): Promise<Total> {
  const { rows } = await sql.query(`select count(*) as found from (select 1 ${fromWhere} limit ${countCap + 1}) capped`, [...values]);
  return { count: Math.min(rows[0].found, countCap), capped: rows[0].found > countCap };
}
