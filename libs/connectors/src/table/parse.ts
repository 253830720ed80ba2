import type { TableField, TableMapping } from "@rollcall/nhi-model";
import { AppError } from "@rollcall/platform";
import type { ImportFile, ParsedImport, ParseOptions } from "@rollcall/posture-pipeline";
import { resolveAsOf } from "../input/as-of.ts";
import { importLimits } from "../input/limits.ts";
import { Collector, compare } from "../observe/collector.ts";
import { credentialOf, identityOf, isProblem, ownerOf, type RowContext } from "./entities.ts";
import { readTable } from "./read-rows.ts";
import { RowReader } from "./row.ts";

const dataset = "rows";

/** What became of the rows of all files. */
interface Tally {
  readonly collector: Collector;
  rows: number;
  rejected: number;
  endsWhole: boolean;
}

export function parseTables(files: readonly ImportFile[], options: ParseOptions): readonly ParsedImport[] {
  if (files.length === 0) return [];
  const { table: mapping } = options;
  if (mapping === undefined || mapping === null) throw new AppError("invalid_input", "A table needs a mapping of its columns");
  const tally: Tally = { collector: new Collector("csv", mapping.source), rows: 0, rejected: 0, endsWhole: true };
  for (const file of files.toSorted((a, b) => compare(a.name, b.name) || Buffer.compare(a.bytes, b.bytes)))
    readFile(tally, file, { mapping, options });
  return [finish(tally, files, { mapping, options })];
}

interface Given {
  readonly mapping: TableMapping;
  readonly options: ParseOptions;
}

function readFile(tally: Tally, file: ImportFile, { mapping, options }: Given): void {
  const { collector } = tally;
  const table = readTable(file);
  const twice = table.header.find((name, index) => table.header.indexOf(name) !== index);
  if (twice !== undefined && mapping.columns.some(({ column }) => column === twice))
    throw new AppError("invalid_input", `${file.name} has two columns called "${twice}". Rename one, so that it is clear which is meant`);
  const row = new RowReader(table.header, mapping);
  const context: RowContext = { row, source: mapping.source, options, odd: new Map() };
  const before = tally.rows;
  for (const { line, cells } of table.rows) {
    tally.rows += 1;
    const where = `${file.name}:${line}`;
    const problem =
      tally.rows > importLimits.tableRows
        ? { code: "too_many", message: `at most ${importLimits.tableRows} rows in one import` }
        : (row.open(cells) ?? addRow(collector, context, where));
    if (problem === null) continue;
    tally.rejected += 1;
    collector.reject(where, problem.code, problem.message);
  }
  tally.endsWhole &&= table.endsWhole;
  noteOdd(collector, file.name, context);
  if (tally.rows === before) collector.notes.add(`${file.name} has a header and no rows.`);
  if (table.decodedAs === "windows-1252") collector.notes.add(`${file.name} is not UTF-8 and was read as Windows-1252.`);
}

/** All of a row or nothing of it: the reason is handed back. */
function addRow(collector: Collector, context: RowContext, where: string): { readonly code: string; readonly message: string } | null {
  const ref = context.row.ref("ref");
  if (ref === undefined) return { code: "no_reference", message: "the cell that identifies the row is empty" };
  if (isProblem(ref)) return ref;
  const identity = identityOf(context, ref);
  if (isProblem(identity)) return identity;
  const credential = credentialOf(context, ref);
  if (credential !== null && isProblem(credential)) return credential;
  const isKnown = collector.has(dataset, "identity", ref);
  if (isKnown && (credential === null || collector.has(dataset, "credential", credential.ref)))
    return { code: "duplicate", message: "an earlier row says the same about this reference" };
  if (!isKnown) {
    collector.add(dataset, identity, where);
    const owner = ownerOf(context, ref);
    if (owner !== null) collector.ensure(dataset, owner, where);
  }
  if (credential !== null) collector.add(dataset, credential, where);
  return null;
}

function noteOdd(collector: Collector, file: string, { row, odd }: RowContext): void {
  for (const [column, count] of row.removed)
    collector.notes.add(
      `${count} values of the column "${column}" in ${file} looked like secrets and were removed. Do not keep secrets in tables.`,
    );
  const columns: readonly (readonly [TableField, number])[] = [...odd];
  for (const [field, count] of columns)
    collector.notes.add(`${count} values for ${field} in ${file} were not understood and stay unknown.`);
}

function finish({ collector, rows, rejected, endsWhole }: Tally, files: readonly ImportFile[], { mapping, options }: Given): ParsedImport {
  const { asOf, basis } = resolveAsOf(options, { stated: [], newestFact: undefined, files });
  const doubt =
    rejected > 0 ? `${rejected} rows were left out.` : endsWhole ? undefined : "The last line does not end: the file may be cut off.";
  collector.report(dataset, {
    outcome: mapping.complete && doubt === undefined ? "complete" : "partial",
    observedAt: asOf,
    ...(mapping.complete && doubt !== undefined ? { note: doubt } : {}),
  });
  // Kept with the source, so that the next table of it can be read the same way.
  collector.add("mapping", { kind: "source", ref: "mapping", name: mapping.source, facts: mappingFacts(mapping) }, "mapping");
  collector.report("mapping", { outcome: "partial", observedAt: asOf });
  collector.finish(asOf);
  const observations = collector.observations();
  const count = (kind: string): number => observations.reduce((sum, { observation }) => sum + (observation.kind === kind ? 1 : 0), 0);
  return {
    connector: "csv",
    account: mapping.source,
    sourceName: mapping.source,
    asOf,
    asOfBasis: basis,
    reports: collector.reports(),
    observations,
    rejected: collector.rejected,
    totals: { credentials: count("credential"), identities: count("identity"), rows },
    notes: [...collector.notes].sort(),
  };
}

const mappingFacts = ({ columns, defaults, complete }: TableMapping) => ({
  columns: columns.map((one) => ({ ...one })),
  defaults: defaults.map((one) => ({ ...one })),
  complete,
});
