import pg from "pg";
import type { DbRow, Sql } from "./database.ts";

/**
 * Runs statements in one round trip, in order, and returns the rows of the last. An import consists of many small statements, and
 * waiting for each costs more than running it. They share `values`, which are ids and dates of our own, written in as quoted literals.
 */
export async function runBatch(
  sql: Sql,
  statements: readonly string[],
  values: readonly (string | number | readonly string[] | null)[],
): Promise<readonly DbRow[]> {
  const literal = (value: (typeof values)[number] | undefined): string => {
    if (value === undefined) throw new TypeError("a statement of the batch names a value that was not given");
    if (value === null) return "null";
    return pg.escapeLiteral(typeof value === "object" ? `{${value.join(",")}}` : String(value));
  };
  const text = statements
    .map((statement) => statement.replaceAll(/\$(\d+)/g, (_, position: string) => literal(values[Number(position) - 1])))
    .join(";\n");
  const results: unknown = await sql.query(text);
  const last = (Array.isArray(results) ? results.at(-1) : results) as pg.QueryResult;
  return last.rows;
}
