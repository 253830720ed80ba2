import { actAs } from "@rollcall/platform";
import type { AuditRecord } from "@rollcall/posture-pipeline";
import { ChainVerifier } from "../cli/audit/verify-chain.mjs";
import { startBenchDatabase, type BenchDatabase } from "./bench-database.ts";
import { measure } from "./measure.ts";
import { count, perSecond, printTable, times } from "./report.ts";

const rows = 10_000;
const lanes = 8;
const page = 1_000;
const person = { kind: "person", id: "bench", name: "Bench", requestId: "bench" } as const;

/** What the audit log of one workspace costs: one transaction a row as when people work, and verifying all of it. */
export async function benchAudit(): Promise<void> {
  const database = await startBenchDatabase();
  try {
    process.stdout.write(`PostgreSQL ${database.version}, fsync on, one workspace\n`);
    await benchAppending(database);
    await benchVerifying(database, 2 * rows);
  } finally {
    await database.close();
  }
}

async function benchAppending({ stores, workspaceId, owner }: BenchDatabase): Promise<void> {
  const draft = (index: number) => ({
    action: "bench.done",
    object: { kind: "thing", id: `t${index}` },
    detail: { index, nested: { a: [1, "x"] } },
  });
  await owner.query("create table plain (id bigserial primary key, at timestamptz not null default now(), body text not null)");
  const plain = await measure(() =>
    inLanes(1, (index) => owner.query("insert into plain (body) values ($1)", [JSON.stringify(draft(index))])),
  );
  const append = (index: number): Promise<unknown> => stores.audit.append(workspaceId, draft(index));
  const alone = await measure(() => actAs(person, () => inLanes(1, append)));
  const together = await measure(() => actAs(person, () => inLanes(lanes, append)));
  const line = (what: string, { wallMs }: { readonly wallMs: number }) => ({
    what,
    wallMs,
    rate: perSecond(rows, wallMs, "rows"),
    ratio: times(wallMs, plain.wallMs, "baseline"),
  });
  printTable(`Appending ${count(rows)} rows (promised: 200 a second)`, [
    line("one INSERT a transaction, no chain (baseline)", plain),
    line("one after the other", alone),
    line(`${lanes} at once`, together),
  ]);
}

async function benchVerifying({ stores, workspaceId }: BenchDatabase, total: number): Promise<void> {
  const readAll = async (take: (row: AuditRecord) => void): Promise<void> => {
    for (let after = 0; ;) {
      const read = await stores.audit.records(workspaceId, after, page);
      for (const row of read) take(row);
      if (read.length < page) return;
      after = read.at(-1)!.seq;
    }
  };
  const read = await measure(() => readAll(() => undefined));
  const verifier = new ChainVerifier();
  const verified = await measure(() => readAll((row) => void verifier.add(row)));
  if (verifier.finish() !== null || verifier.rows !== total) throw new Error(`verified ${verifier.rows} of ${total} rows`);
  printTable(`Verifying ${count(total)} rows (promised: 20,000 a second)`, [
    { what: "only read (baseline)", wallMs: read.wallMs, rate: perSecond(total, read.wallMs, "rows") },
    {
      what: "read and verified",
      wallMs: verified.wallMs,
      rate: perSecond(total, verified.wallMs, "rows"),
      ratio: times(verified.wallMs, read.wallMs, "baseline"),
    },
  ]);
}

function inLanes(atOnce: number, work: (index: number) => Promise<unknown>): Promise<unknown> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < rows; index = next++) await work(index);
  };
  return Promise.all(Array.from({ length: atOnce }, lane));
}
