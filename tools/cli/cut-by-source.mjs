import { createReadStream } from "node:fs";

/** What one upload may hold with room for the form around it: the server takes 100 MiB of files. */
export const uploadBytes = 96 * 1024 * 1024;

/** A line that opens a source says which; an observation says its kind first. */
const maxHeaderBytes = 64 * 1024;

/**
 * Where a large NDJSON estate can be cut so that every piece is an import by itself: before a line that opens a source. Returns byte ranges
 * of at most `most` bytes, or null when there is no such cut: no line opens a source, one source alone is larger, or one comes up in two
 * pieces (half a listing would look like an absence of the other half).
 */
export async function cutBySource(path, most = uploadBytes) {
  const pieces = [];
  const pieceOfSource = new Map();
  for (const { start, end, source } of await sections(path)) {
    if (end - start > most || source === null) return null;
    let last = pieces.at(-1);
    if (last === undefined || end - last.start > most) pieces.push((last = { start, end }));
    last.end = end;
    if ((pieceOfSource.get(source) ?? last) !== last) return null;
    pieceOfSource.set(source, last);
  }
  return pieces;
}

async function sections(path) {
  const found = [];
  for await (const { at, line } of linesOf(path)) {
    const source = sourceOpenedBy(line);
    const last = found.at(-1);
    if (source !== null || last === undefined) found.push({ start: at, end: at + line.length, source });
    else last.end = at + line.length;
  }
  return found;
}

function sourceOpenedBy(line) {
  if (line.length > maxHeaderBytes || !line.includes('"source"')) return null;
  try {
    const record = JSON.parse(line.toString("utf8"));
    return typeof record.source === "string" && record.kind === undefined ? JSON.stringify([record.source, record.account ?? null]) : null;
  } catch {
    // The server says what is wrong with it, by its line.
    return null;
  }
}

/** Lines with their line feeds, and where they begin. */
async function* linesOf(path) {
  let at = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let newline = all.indexOf(0x0a); newline !== -1; newline = all.indexOf(0x0a, start)) {
      yield { at, line: all.subarray(start, newline + 1) };
      at += newline + 1 - start;
      start = newline + 1;
    }
    rest = all.subarray(start);
  }
  if (rest.length > 0) yield { at, line: rest };
}
