import type { ImportFile } from "@rollcall/posture-pipeline";

export interface Table {
  readonly header: readonly string[];
  readonly rows: Iterable<TableRow>;
  /** The last line ends, so that a cut inside of it would show. */
  readonly endsWhole: boolean;
  readonly decodedAs: "utf-8" | "utf-16" | "windows-1252";
}
export interface TableRow {
  /** From 1, where the row begins. */
  readonly line: number;
  /** Null for a quoted text that never ends. */
  readonly cells: readonly string[] | null;
}

const delimiters = [",", ";", "\t", "|"];

/** Rows one after the other: a large table is never held as cells. RFC 4180 quoting, whatever delimiter the first line shows. */
export function readTable(file: ImportFile): Table {
  const { text: decoded, decodedAs } = decode(file.bytes);
  // A spreadsheet may say on the first line how it separates.
  const said = /^sep=(.)\r?\n/i.exec(decoded.slice(0, 16));
  const text = said === null ? decoded : decoded.slice(said[0].length);
  const delimiter = said?.[1] ?? delimiterOf(text);
  const rows = readRows(text, { delimiter, firstLine: said === null ? 1 : 2 });
  const first = rows.next();
  const header = first.done === true ? [] : (first.value.cells ?? []).map((cell, index) => cell.trim() || `column ${index + 1}`);
  return { header, rows, endsWhole: /[\r\n]$/.test(text.slice(-1)), decodedAs };
}

function decode(bytes: Uint8Array): { readonly text: string; readonly decodedAs: Table["decodedAs"] } {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { text: new TextDecoder(first === 0xff ? "utf-16le" : "utf-16be").decode(bytes), decodedAs: "utf-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), decodedAs: "utf-8" };
  } catch {
    // What an office program of Western Europe saves as plain CSV.
    return { text: new TextDecoder("windows-1252").decode(bytes), decodedAs: "windows-1252" };
  }
}

/** The one that splits the first line most often. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const line = (end < 0 ? text : text.slice(0, end)).slice(0, 65_536).replaceAll(/"[^"]*"/g, "");
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ",";
}

interface Reading {
  readonly delimiter: string;
  readonly firstLine: number;
}

function* readRows(text: string, { delimiter, firstLine }: Reading): Generator<TableRow> {
  let line = firstLine;
  for (let at = 0; at < text.length; line += 1) {
    const end = lineEnd(text, at);
    const raw = text.slice(at, end.at);
    // Most lines hold no quote, and most with quotes end where they should.
    if (!raw.includes('"')) {
      if (raw !== "") yield { line, cells: raw.split(delimiter) };
      at = end.next;
      continue;
    }
    const row = readQuoted(text, at, delimiter);
    yield { line, cells: row.cells };
    line += row.lines;
    at = row.next;
  }
}

function lineEnd(text: string, from: number): { readonly at: number; readonly next: number } {
  const newline = text.indexOf("\n", from);
  if (newline < 0) return { at: text.endsWith("\r") ? Math.max(from, text.length - 1) : text.length, next: text.length };
  return { at: newline > from && text[newline - 1] === "\r" ? newline - 1 : newline, next: newline + 1 };
}

/** One row with quoted cells, which may hold delimiters, quotes (doubled) and line ends. */
function readQuoted(text: string, from: number, delimiter: string): { cells: readonly string[] | null; next: number; lines: number } {
  const cells: string[] = [];
  let lines = 0;
  let at = from;
  for (;;) {
    if (text[at] === '"') {
      let cell = "";
      let start = at + 1;
      let quote = text.indexOf('"', start);
      while (quote >= 0 && text[quote + 1] === '"') {
        cell += text.slice(start, quote + 1);
        start = quote + 2;
        quote = text.indexOf('"', start);
      }
      if (quote < 0) return { cells: null, next: text.length, lines };
      cell += text.slice(start, quote);
      for (let newline = cell.indexOf("\n"); newline >= 0; newline = cell.indexOf("\n", newline + 1)) lines += 1;
      at = quote + 1;
      // What follows a closed quote up to the delimiter belongs to the cell, as spreadsheets read it.
      const rest = cellEnd(text, at, delimiter);
      cells.push(cell + text.slice(at, rest));
      at = rest;
    } else {
      const end = cellEnd(text, at, delimiter);
      cells.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === delimiter) at += 1;
    else break;
  }
  if (text[at] === "\r") at += 1;
  return { cells, next: text[at] === "\n" ? at + 1 : at, lines };
}

function cellEnd(text: string, from: number, delimiter: string): number {
  const { at: end } = lineEnd(text, from);
  const next = text.indexOf(delimiter, from);
  return next >= 0 && next < end ? next : end;
}
