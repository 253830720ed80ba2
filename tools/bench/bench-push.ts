import { openImport } from "@rollcall/connectors";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { BENCH_AS_OF, estateForBench } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";
import { measure, memoryPeakBytes } from "./measure.ts";
import { count, mebibytes, printTable } from "./report.ts";

/** Below what one request may carry. */
const BODY_BYTES = 4 * 1_048_576;

/** The estate as an integration would push it: NDJSON bodies, each led by an envelope. */
function* bodies(imports: Iterable<ParsedImport>): Generator<Buffer> {
  for (const { account, observations, asOf } of imports) {
    const envelope = `${JSON.stringify({ source: "bench", account, asOf, scopes: [{ dataset: "observations", outcome: "partial" }] })}\n`;
    let lines = envelope;
    for (const { observation } of observations) {
      lines += `${JSON.stringify(observation)}\n`;
      if (lines.length < BODY_BYTES) continue;
      yield Buffer.from(lines);
      lines = envelope;
    }
    if (lines !== envelope) yield Buffer.from(lines);
  }
}

function parseOnly(body: Buffer): number {
  let lines = 0;
  for (const line of body.toString().split("\n")) {
    if (line === "") continue;
    JSON.parse(line);
    lines += 1;
  }
  return lines;
}

function readAll(body: Buffer): { readonly taken: number; readonly rejected: number } {
  let [taken, rejected] = [0, 0];
  const options = { asOf: null, receivedAt: BENCH_AS_OF, accountHint: null, fingerprint: (secret: string) => `bench:${secret.length}` };
  for (const parsed of openImport([{ name: "push.ndjson", bytes: body, modifiedAt: null }], options)) {
    for (const _ of parsed.observations) taken += 1;
    rejected += parsed.rejected.length;
  }
  return { taken, rejected };
}

/** What reading a push costs, from the bytes of its body to checked observations, against nothing but parsing the same lines. */
export async function benchPush(size: Size): Promise<void> {
  const all = [...bodies(estateForBench(size).imports)];
  const bytes = all.reduce((sum, body) => sum + body.length, 0);
  // Both warm: a server has compiled its code long ago.
  for (const body of all.slice(0, 4)) {
    parseOnly(body);
    readAll(body);
  }
  const bare = await measure(() => all.reduce((sum, body) => sum + parseOnly(body), 0));
  const before = memoryPeakBytes();
  const read = await measure(() => {
    const sum = { taken: 0, rejected: 0 };
    for (const body of all) {
      const { taken, rejected } = readAll(body);
      sum.taken += taken;
      sum.rejected += rejected;
    }
    return sum;
  });
  const rate = (cpuMs: number): string => `${((bytes / 1_048_576) * (1000 / cpuMs)).toFixed(0)} MiB/s`;
  process.stdout.write(
    `Input: ${count(bare.value)} lines, ${mebibytes(bytes)} in ${count(all.length)} bodies. Rates and ratios are of CPU.\n`,
  );
  printTable(`Reading pushes of ${size} identities`, [
    { what: "JSON.parse of every line", wallMs: bare.wallMs, cpuMs: bare.cpuMs, rate: rate(bare.cpuMs) },
    {
      what: "read: parse, check, clean, validate, order",
      wallMs: read.wallMs,
      cpuMs: read.cpuMs,
      rate: rate(read.cpuMs),
      ratio: `${(bare.cpuMs / read.cpuMs).toFixed(2)} of bare JSON.parse's rate`,
      note: `taken ${count(read.value.taken)}, rejected ${count(read.value.rejected)}; memory peak grew by ${mebibytes(memoryPeakBytes() - before)}`,
    },
  ]);
}
