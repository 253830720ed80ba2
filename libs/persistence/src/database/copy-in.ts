import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type pg from "pg";
import { cleanJson, cleanText } from "./clean-text.ts";
import type { Sql } from "./database.ts";

/** A value of one COPY column: json columns take `{ json }`, binary ones `{ hex }`, everything else goes by its type. */
export type CopyValue = string | number | boolean | null | readonly string[] | CopyJson | CopyHex;
export interface CopyHex {
  readonly hex: string;
}
export interface CopyJson {
  readonly json: unknown;
}
const flushBytes = 1 << 16;

/** Streams rows into a table by COPY; memory stays flat however many there are. `table` and `columns` are code, never input. */
export async function copyIn(
  sql: Sql,
  target: { readonly table: string; readonly columns: readonly string[] },
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  let count = 0;
  function* chunks(): Generator<string> {
    let buffer = "";
    for (const row of rows) {
      buffer += `${row.map(encode).join("\t")}\n`;
      count += 1;
      if (buffer.length > flushBytes) {
        yield buffer;
        buffer = "";
      }
    }
    if (buffer !== "") yield buffer;
  }
  const client = sql as pg.PoolClient;
  const sink = client.query(copyFrom(`copy ${target.table} (${target.columns.join(", ")}) from stdin`));
  await pipeline(Readable.from(chunks(), { objectMode: true }), sink);
  return count;
}

function encode(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escape(cleanText(value));
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  if ("hex" in value) return `\\\\x${value.hex}`;
  if ("json" in value) return escape(cleanJson(value.json));
  return escape(arrayLiteral(value));
}

const special = /[\\\t\n\r]/;
function escape(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${cleanText(item).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}
