import { buildGraph } from "@rollcall/access-graph";
import { openImport } from "@rollcall/connectors";
import { snapshotOfImports } from "@rollcall/posture-pipeline";
import type { WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { BENCH_AS_OF } from "./estate-for-bench.ts";
import { estateShapes } from "./estate-shapes.ts";
import type { EstateShape } from "./estate-shapes.ts";
import { measure } from "./measure.ts";
import { count, printTable, times } from "./report.ts";
import type { Row } from "./report.ts";

const size = 2_000;
/** No upload may have more than a thousand. */
const filesPerUpload = 500;

function estateOf({ files }: EstateShape, principals: number): WorkspaceSnapshot {
  const encoded = Object.entries(files(principals)).map(([name, content]) => ({
    name,
    bytes: new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content)),
    modifiedAt: BENCH_AS_OF,
  }));
  const uploads = Array.from({ length: Math.ceil(encoded.length / filesPerUpload) }, (_, at) =>
    encoded.slice(at * filesPerUpload, (at + 1) * filesPerUpload),
  );
  const options = { asOf: BENCH_AS_OF, receivedAt: BENCH_AS_OF, accountHint: null, fingerprint: (value: string) => value };
  return snapshotOfImports(uploads.flatMap((upload) => [...openImport(upload, options)]));
}

async function built(shape: EstateShape, principals: number): Promise<{ readonly cpuMs: number; readonly edges: number }> {
  const snapshot = estateOf(shape, principals);
  const { cpuMs, value } = await measure(() => buildGraph({ ...snapshot, asOf: BENCH_AS_OF }));
  return { cpuMs, edges: value.edges.length };
}

/** Building the graph of twice as much has to take twice as long, not four times, in whatever way everybody has something of their own. */
export async function benchShapes(): Promise<void> {
  const rows: Row[] = [];
  for (const shape of estateShapes) {
    // Compiled by then, as in a worker that has been up for a while.
    await built(shape, 200);
    const once = await built(shape, size);
    const twice = await built(shape, 2 * size);
    rows.push({
      what: shape.what,
      wallMs: null,
      cpuMs: twice.cpuMs,
      ratio: times(twice.cpuMs, once.cpuMs, "half as many"),
      note: `${count(twice.edges)} edges, ${(twice.edges / once.edges).toFixed(2)} x as many`,
    });
  }
  printTable(`Building the graph of ${count(2 * size)} that each have a grant of their own`, rows);
}
