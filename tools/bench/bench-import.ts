import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { startBenchDatabase } from "./bench-database.ts";
import { estateForBench } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";
import { importEstate, later } from "./import-estate.ts";
import type { ImportTimes } from "./import-estate.ts";
import { measure, memoryPeakBytes, percentile } from "./measure.ts";
import { count, mebibytes, perSecond, printTable } from "./report.ts";
import type { Row } from "./report.ts";
import { serverCpuMs } from "./server-cpu.ts";

const CHUNK_CHARACTERS = 64 * 1024;
/** One of so many observations differs in the third import. */
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

interface Cost {
  readonly wallMs: number;
  /** This process and the database server together. */
  readonly cpuMs: number;
}

async function costOf<T>(owner: pg.Client, work: () => Promise<T>): Promise<Cost & { readonly value: T }> {
  const before = await serverCpuMs(owner);
  const { value, wallMs, cpuMs } = await measure(work);
  const after = await serverCpuMs(owner);
  return { value, wallMs, cpuMs: before === null || after === null ? wallMs : cpuMs + after - before };
}

const RAW_RUNS = 3;

/** The middle of a few runs: the shortest part of the bench is the one that all others are divided by. */
async function rawCopy(owner: pg.Client, chunks: readonly Buffer[]): Promise<Cost> {
  const runs: Cost[] = [];
  for (let run = 0; run < RAW_RUNS; run += 1) {
    await owner.query("create table bench_raw (account text, dataset text, kind text, ref text, payload jsonb)");
    runs.push(await costOf(owner, () => pipeline(Readable.from(chunks), owner.query(copyFrom("copy bench_raw from stdin")))));
    await owner.query("drop table bench_raw");
  }
  const middle = (values: readonly number[]): number => percentile(values, 0.5);
  return { wallMs: middle(runs.map((run) => run.wallMs)), cpuMs: middle(runs.map((run) => run.cpuMs)) };
}

type Scoped = ParsedImport["observations"] extends Iterable<infer O> ? O : never;

/** Changes that share of all observations, evenly; an observation without facts passes its turn on to the next one with some. */
function changingSome(): (observation: Scoped) => Scoped {
  let seen = 0;
  let changed = 0;
  return (scoped) => {
    const { observation } = scoped;
    seen += 1;
    if (!("facts" in observation) || changed * CHANGED_EVERY >= seen) return scoped;
    changed += 1;
    return {
      ...scoped,
      observation: { ...observation, facts: { ...observation.facts, "owner.business": "changed by the bench" } } as typeof observation,
    };
  };
}

interface Base extends Cost {
  /** Making the input up, which an import of files does not do; taken off. */
  readonly generated: Cost;
}

const importRows = (what: string, run: Cost & { readonly value: ImportTimes }, base: Base): readonly Row[] => {
  const { value: steps } = run;
  const net: Cost = { wallMs: run.wallMs - base.generated.wallMs, cpuMs: run.cpuMs - base.generated.cpuMs };
  return [
    {
      what,
      wallMs: net.wallMs,
      cpuMs: net.cpuMs,
      rate: perSecond(steps.rows, net.cpuMs, "rows"),
      ratio: `${(base.cpuMs / net.cpuMs).toFixed(2)} of raw COPY's rate`,
      note: `by wall ${(base.wallMs / net.wallMs).toFixed(2)}; added ${count(steps.added)}, changed ${count(steps.changed)}, unchanged ${count(steps.unchanged)}`,
    },
    { what: "    stage (compare hashes, COPY into staging)", wallMs: steps.stageMs - base.generated.wallMs },
    { what: "    plan (compare)", wallMs: steps.planMs },
    { what: "    apply", wallMs: steps.applyMs },
    { what: "    materialise (merge, change log)", wallMs: steps.materialiseMs },
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
    const raw = await rawCopy(database.owner, chunks);
    const base = { ...raw, generated };
    chunks.length = 0;
    const run = (imports: Iterable<ParsedImport>) => costOf(database.owner, () => importEstate(database, imports));
    const first = await run(estate.imports);
    const again = await run(later(estate.imports, 2));
    const some = await run(later(estate.imports, 4, changingSome()));
    process.stdout.write(
      `PostgreSQL ${database.version}, fsync on, one connection. Input: ${count(generated.value)} observations of ${size} identities in ${count(first.value.syncs)} listings, ${mebibytes(bytes)} as text. CPU is this process and the server together; ratios are of CPU.\n`,
    );
    printTable(`Import of ${size} identities`, [
      {
        what: "raw COPY of the same rows, no index",
        ...raw,
        rate: perSecond(generated.value, raw.cpuMs, "rows"),
        note: `baseline: the database alone, one table, text prepared beforehand; middle of ${RAW_RUNS}`,
      },
      ...importRows("first import, all new", first, base),
      ...importRows("again, nothing changed", again, base),
      ...importRows(`again, ${100 / CHANGED_EVERY} % changed`, some, base),
    ]);
    process.stdout.write(`\nMemory peak of this process ${mebibytes(memoryPeakBytes())} (the prepared text of the baseline included).\n`);
  } finally {
    await database.close();
  }
}
