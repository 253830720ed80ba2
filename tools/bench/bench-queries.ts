import { fixedClock } from "@rollcall/platform";
import { analyseWorkspace } from "@rollcall/posture-pipeline";
import type { ReadStore } from "@rollcall/posture-pipeline";
import { startBenchDatabase } from "./bench-database.ts";
import type { BenchDatabase } from "./bench-database.ts";
import { BENCH_AS_OF, estateForBench } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";
import { importEstate, quietLogger } from "./import-estate.ts";
import { measure, memoryPeakBytes, percentile } from "./measure.ts";
import { count, mebibytes, printTable } from "./report.ts";
import type { Row } from "./report.ts";

const REPEATS = 40;
const PAGE_ROWS = 50;

/** Cursors at the given shares of the list, found by walking it once. */
async function cursorsAt(
  read: ReadStore,
  workspaceId: string,
  depths: readonly { readonly share: number; readonly rows: number }[],
): Promise<readonly (string | undefined)[]> {
  const found: (string | undefined)[] = [];
  let cursor: string | undefined;
  for (let row = 0; found.length < depths.length; row += 200) {
    while (found.length < depths.length && depths[found.length]!.rows <= row) found.push(cursor);
    const page = await read.listIdentities(workspaceId, {
      filter: {},
      sort: "score",
      direction: "desc",
      page: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
    });
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  while (found.length < depths.length) found.push(cursor);
  return found;
}

async function repeated(what: string, query: () => Promise<unknown>, note?: string): Promise<Row> {
  await query();
  const walls: number[] = [];
  for (let i = 0; i < REPEATS; i += 1) walls.push((await measure(query)).wallMs);
  return {
    what,
    wallMs: percentile(walls, 0.5),
    ratio: `p95 ${percentile(walls, 0.95).toFixed(1)} ms`,
    ...(note === undefined ? {} : { note }),
  };
}

async function queryRows({ stores: { read }, workspaceId }: BenchDatabase, identities: number): Promise<readonly Row[]> {
  const list = (query: Partial<Parameters<ReadStore["listIdentities"]>[1]>, cursor?: string) => () =>
    read.listIdentities(workspaceId, {
      filter: {},
      sort: "score",
      direction: "desc",
      ...query,
      page: { limit: PAGE_ROWS, ...(cursor === undefined ? {} : { cursor }) },
    });
  const depths = [0.1, 0.5, 0.9].map((share) => ({ share, rows: Math.floor(identities * share) }));
  const cursors = await cursorsAt(read, workspaceId, depths);
  const [first] = (await list({})()).items;
  const rows: Row[] = [await repeated(`identities by score, first ${PAGE_ROWS}`, list({}))];
  for (const [index, { rows: depth }] of depths.entries())
    rows.push(await repeated(`identities by score, from row ${count(depth)}`, list({}, cursors[index])));
  rows.push(
    await repeated("identities by name, first page", list({ sort: "name", direction: "asc" })),
    await repeated("identities, production and unowned", list({ filter: { environment: ["prod"], lens: ["unowned"] } })),
    await repeated("search `ledger`", list({ filter: { search: "ledger" } })),
    await repeated("search for what is not there", list({ filter: { search: "zzzz-nothing" } })),
    await repeated("facets of everything", () => read.identityFacets(workspaceId, {})),
    await repeated("facets of production", () => read.identityFacets(workspaceId, { environment: ["prod"] })),
    await repeated("posture page", () => read.posture(workspaceId)),
    await repeated("findings by rule", () => read.findingGroups(workspaceId, {})),
    await repeated("findings, first page", () => read.listFindings(workspaceId, { filter: {}, page: { limit: PAGE_ROWS } })),
  );
  if (first !== undefined) rows.push(await repeated("one identity's page", () => read.identity(workspaceId, first.id)));
  return rows;
}

export async function benchQueries(size: Size): Promise<void> {
  const database = await startBenchDatabase();
  try {
    const estate = estateForBench(size);
    const imported = await measure(() => importEstate(database, estate.imports));
    const { stores, workspaceId } = database;
    const analysed = await measure(() => analyseWorkspace({ ...stores, clock: fixedClock(BENCH_AS_OF), logger: quietLogger }, workspaceId));
    const identities = (await stores.read.listIdentities(workspaceId, { filter: {}, sort: "score", direction: "desc", page: { limit: 1 } }))
      .total;
    process.stdout.write(
      `PostgreSQL ${database.version}, fsync on. Input: ${count(imported.value.rows)} observations, ${count(identities.count)}${identities.capped ? "+" : ""} identities, ${count(analysed.value.opened)} findings, ${count(analysed.value.tasksOpened)} tasks.\n`,
    );
    const setUp: readonly Row[] = [
      { what: "set-up: import", wallMs: imported.wallMs },
      { what: "set-up: analysis, database to database", wallMs: analysed.wallMs },
    ];
    printTable(
      `Queries at ${size} identities: wall is the median of ${REPEATS}, warm, through the store (pool, row-level security, mapping)`,
      [...setUp, ...(await queryRows(database, identities.count))],
    );
    process.stdout.write(`\nMemory peak of this process ${mebibytes(memoryPeakBytes())}.\n`);
  } finally {
    await database.close();
  }
}
