import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { startBenchDatabase } from "./bench-database.ts";
import { estateForBench } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";
import { importEstate, later, totalMs } from "./import-estate.ts";
import type { ImportTimes } from "./import-estate.ts";
import { measure, memoryPeakBytes } from "./measure.ts";
import { count, mebibytes, perSecond, printTable, times } from "./report.ts";
import type { Row } from "./report.ts";

const CHUNK_CHARACTERS = 64 * 1024;
/** Share of the observations that differ in the third import. */
const CHANGED_EVERY = 20;

const escapeCopy = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");

/** The rows of the estate as COPY text, prepared beforehand: the baseline is the database alone. */
function* copyChunks(imports: Iterable<ParsedImport>): Generator<Buffer> {
  let chunk = "";
  for (const source of imports) {
    for (const { scope, observation } of source.observations) {
      chunk += `${escapeCopy(scope.account)}\t${scope.dataset}\t${observation.kind}\t${escapeCopy(observation.ref)}\t${escapeCopy(JSON.stringify(observation))}\n`;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(chunk);
      chunk = "";
    }
  }
  if (chunk !== "") yield Buffer.from(chunk);
}

async function rawCopyMs(owner: pg.Client, chunks: readonly Buffer[]): Promise<number> {
  await owner.query("create table bench_raw (account text, dataset text, kind text, ref text, payload jsonb)");
  const { wallMs } = await measure(() => pipeline(Readable.from(chunks), owner.query(copyFrom("copy bench_raw from stdin"))));
  await owner.query("drop table bench_raw");
  return wallMs;
}

const changedSome = (observation: ParsedImport["observations"] extends Iterable<infer O> ? O : never): typeof observation => {
  const { observation: stated } = observation;
  if (!("facts" in stated) || stated.ref.length % CHANGED_EVERY !== 0) return observation;
  return {
    ...observation,
    observation: { ...stated, facts: { ...stated.facts, "owner.business": "changed by the bench" } } as typeof stated,
  };
};

const importRows = (what: string, run: ImportTimes, base: { readonly copyMs: number; readonly generateMs: number }): readonly Row[] => {
  const net = totalMs(run) - base.generateMs;
  return [
    {
      what,
      wallMs: net,
      rate: perSecond(run.rows, net, "rows"),
      ratio: `${(base.copyMs / net).toFixed(2)} of raw COPY's rate`,
      note: `added ${count(run.added)}, changed ${count(run.changed)}, unchanged ${count(run.unchanged)}`,
    },
    {
      what: "    stage (COPY into staging, hash)",
      wallMs: run.stageMs - base.generateMs,
      ratio: times(run.stageMs - base.generateMs, base.copyMs, "raw COPY"),
      note: "generating the estate subtracted",
    },
    { what: "    plan (compare)", wallMs: run.planMs, ratio: times(run.planMs, base.copyMs, "raw COPY") },
    { what: "    apply", wallMs: run.applyMs, ratio: times(run.applyMs, base.copyMs, "raw COPY") },
    { what: "    materialise (merge, change log)", wallMs: run.materialiseMs, ratio: times(run.materialiseMs, base.copyMs, "raw COPY") },
  ];
};

export async function benchImport(size: Size): Promise<void> {
  const estate = estateForBench(size);
  const generated = await measure(() => {
    let rows = 0;
    for (const source of estate.imports) for (const _ of source.observations) rows += 1;
    return rows;
  });
  const database = await startBenchDatabase();
  try {
    const chunks = [...copyChunks(estate.imports)];
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const copyMs = await rawCopyMs(database.owner, chunks);
    const base = { copyMs, generateMs: generated.wallMs };
    chunks.length = 0;
    const first = await importEstate(database, estate.imports);
    const again = await importEstate(database, later(estate.imports, 2));
    const some = await importEstate(database, later(estate.imports, 4, changedSome));
    process.stdout.write(
      `PostgreSQL ${database.version}, fsync on, one connection. Input: ${count(generated.value)} observations of ${size} identities, ${mebibytes(bytes)} as text.\n`,
    );
    printTable(`Import of ${size} identities`, [
      {
        what: "raw COPY of the same rows, no index",
        wallMs: copyMs,
        rate: perSecond(generated.value, copyMs, "rows"),
        note: "baseline: the database alone, one table, text prepared beforehand",
      },
      ...importRows("first import, all new", first, base),
      ...importRows("again, nothing changed", again, base),
      ...importRows("again, some changed", some, base),
    ]);
    process.stdout.write(`\nMemory peak of this process ${mebibytes(memoryPeakBytes())} (the prepared text of the baseline included).\n`);
  } finally {
    await database.close();
  }
}
