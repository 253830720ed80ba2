import { Readable } from "node:stream";
import { stringify } from "csv-stringify/sync";

type Row = Readonly<Record<string, unknown>>;

/** A cell a spreadsheet would run as a formula gets an apostrophe in front; everything else follows RFC 4180. */
export function csvLines(rows: readonly Row[], columns: readonly string[], withHeader: boolean): string {
  return stringify(
    rows.map((row) => columns.map((column) => cellText(row[column]))),
    {
      header: withHeader,
      columns: [...columns],
      escape_formulas: true,
      record_delimiter: "\r\n",
    },
  );
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(cellText).join("; ");
  const { min, max } = value as { readonly min?: unknown; readonly max?: unknown };
  // An interval reads as people write it; anything else as JSON.
  return typeof min === "number" && typeof max === "number" ? (min === max ? String(min) : `${min}-${max}`) : JSON.stringify(value);
}

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Streams every page of a query, one page in memory at a time. The first page is read before, so that a refusal is still a problem. */
export async function csvStream<T extends object>(
  columns: readonly string[],
  readPage: (cursor: string | undefined) => Promise<PageOf<T>>,
): Promise<Readable> {
  const first = await readPage(undefined);
  async function* lines(): AsyncGenerator<string> {
    yield csvLines(first.items as readonly Row[], columns, true);
    for (let cursor = first.nextCursor; cursor !== null;) {
      const page = await readPage(cursor);
      yield csvLines(page.items as readonly Row[], columns, false);
      cursor = page.nextCursor;
    }
  }
  return Readable.from(lines());
}
