import type { TableField, TableMapping, TablePreview } from "@rollcall/nhi-model";
import type { ImportFile, ParseOptions } from "@rollcall/posture-pipeline";
import { redactNamed } from "../input/redact-text.ts";
import { parseTables } from "./parse.ts";
import { readTable } from "./read-rows.ts";
import { suggestMapping } from "./suggest.ts";
import { wordOf } from "./words.ts";

const mostRows = 20;
const mostSamples = 3;

/** Reads the beginning of a table as an import would, and says what would come of it. */
export function previewTable(file: ImportFile, given: TableMapping | null, options: ParseOptions): TablePreview {
  const table = readTable(file);
  const read = takeFirst(table.rows, mostRows + 1);
  const rows = read.slice(0, mostRows);
  const source = file.name.replace(/\.[a-z]+$/i, "");
  const suggested = suggestMapping(table.header, source);
  const mapping = given ?? suggested;
  const columns = table.header.map((name, index) => {
    const cells = rows.flatMap(({ cells: own }) => (own?.[index]?.trim() ? [own[index].trim()] : []));
    const shown = cells.map((cell) => redactNamed(wordOf(name), cell));
    return {
      name,
      samples: [...new Set(shown)].slice(0, mostSamples).map((cell) => cell.slice(0, 120)),
      suggestion: suggested?.columns.find(({ column }) => column === name)?.field ?? null,
      looksSecret: shown.some((cell, at) => cell !== cells[at]),
    };
  });
  const empty = { creates: [], rejected: [], notes: [] };
  if (mapping === null) return { columns, mapping, missing: ["ref"], ...empty, rows: rows.length };
  const [parsed] = parseTables([firstLines(file, (read[mostRows]?.line ?? Number.POSITIVE_INFINITY) - 1)], { ...options, table: mapping });
  const creates = [...(parsed?.observations ?? [])].flatMap(({ observation: one }): TablePreview["creates"][number][] =>
    one.kind === "identity"
      ? [{ kind: one.kind, ref: one.ref, name: one.name, detail: one.identityKind }]
      : one.kind === "credential"
        ? [{ kind: one.kind, ref: one.ref, name: one.name ?? one.ref, detail: one.credentialKind }]
        : [],
  );
  return {
    columns,
    mapping,
    missing: missingIn(mapping),
    creates,
    rejected: parsed?.rejected ?? [],
    notes: parsed?.notes ?? [],
    rows: rows.length,
  };
}

function takeFirst<T>(items: Iterable<T>, most: number): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === most) break;
  }
  return taken;
}

/** What no row can do without. */
function missingIn({ columns, defaults }: TableMapping): readonly TableField[] {
  const has = (field: TableField): boolean => [...columns, ...defaults].some((one) => one.field === field);
  const isAboutCredentials = columns.some(
    ({ field }) => field === "secret" || (field.startsWith("credential") && field !== "credentialKind"),
  );
  return [
    ...(has("identityKind") ? [] : (["identityKind"] as const)),
    ...(isAboutCredentials && !has("credentialKind") ? (["credentialKind"] as const) : []),
  ];
}

/** The header and the lines of the preview; what was cut off behind them is not reported as damage. */
function firstLines(file: ImportFile, lastLine: number): ImportFile {
  let end = 0;
  for (let line = 0; line < lastLine && end < file.bytes.length; line += 1) {
    const newline = file.bytes.indexOf(0x0a, end);
    end = newline < 0 ? file.bytes.length : newline + 1;
  }
  return { ...file, bytes: file.bytes.subarray(0, end) };
}
