import { generateEstate } from "@rollcall/connectors";
import { blastRadiusOfAll, buildGraph, compactGraph } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import { AnalysisMemory, analyseSnapshot, snapshotOfImports } from "@rollcall/posture-pipeline";
import type { WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import { BENCH_AS_OF, BENCH_SEED, estateForBench } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";
import { measure, memoryPeakBytes, percentile } from "./measure.ts";
import { plainGraph, searcher, tarjanAndCondense } from "./plain-graph.ts";
import { count, mebibytes, perSecond, printTable, times } from "./report.ts";
import type { Row } from "./report.ts";

/** Enough searches for a stable mean, few enough to finish at any size. */
const SAMPLED_SEARCHES = 2_000;

const policyBytes = (snapshot: WorkspaceSnapshot): number =>
  snapshot.resources.reduce(
    (sum, resource) => sum + (resource.attributes["document"] === undefined ? 0 : JSON.stringify(resource.attributes["document"]).length),
    0,
  );

const shape = (snapshot: WorkspaceSnapshot, graph: AccessGraph, reaches: readonly number[]): string =>
  `${count(snapshot.identities.length)} identities, ${count(snapshot.credentials.length)} credentials, ${count(snapshot.resources.length)} resources, ${count(snapshot.grants.length)} grants, ` +
  `${mebibytes(policyBytes(snapshot))} of policies; graph ${count(graph.nodes.length)} nodes, ${count(graph.edges.length)} edges; nodes reached p50 ${count(percentile(reaches, 0.5))}, p90 ${count(percentile(reaches, 0.9))}, p99 ${count(percentile(reaches, 0.99))}`;

/** A baseline that everyone can picture: parsing the same statements from JSON. */
const parseBaseline = async (snapshot: WorkspaceSnapshot): Promise<number> => {
  const texts = [...snapshot.identities, ...snapshot.resources, ...snapshot.grants].map((row) => JSON.stringify(row));
  return (
    await measure(() => {
      for (const text of texts) JSON.parse(text);
    })
  ).cpuMs;
};

const searchRows = async (
  graph: AccessGraph,
  reachMs: number,
): Promise<{ readonly rows: readonly Row[]; readonly reaches: readonly number[] }> => {
  const plain = plainGraph(compactGraph(graph));
  const search = searcher(plain);
  const step = Math.max(1, Math.floor(plain.nodes / SAMPLED_SEARCHES));
  const sources = Array.from({ length: Math.ceil(plain.nodes / step) }, (_, index) => index * step);
  const sampled = await measure(() => sources.map(search));
  const searchMs = (sampled.cpuMs * plain.nodes) / sources.length;
  const components = await measure(() => tarjanAndCondense(plain));
  return {
    reaches: sampled.value,
    rows: [
      {
        what: "breadth-first search from every node",
        wallMs: null,
        cpuMs: searchMs,
        ratio: times(searchMs, reachMs, "ours"),
        note: `${count(sources.length)} of ${count(plain.nodes)} searched and scaled; counts in one graph only, no weights`,
      },
      {
        what: "Tarjan + condense, one graph",
        wallMs: components.wallMs,
        cpuMs: components.cpuMs,
        ratio: `ours ${times(reachMs, components.cpuMs, "this")}`,
        note: `${count(components.value.components)} components`,
      },
    ],
  };
};

/** One statement more in one policy, as a sync brings it. */
function withOneChange(snapshot: WorkspaceSnapshot): WorkspaceSnapshot {
  const at = snapshot.resources.findIndex(({ attributes }) =>
    Array.isArray((attributes["document"] as { Statement?: unknown })?.Statement),
  );
  const resource = snapshot.resources[at]!;
  const document = resource.attributes["document"] as { readonly Statement: readonly unknown[] };
  const Statement = [...document.Statement, { Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
  const changed = { ...resource, attributes: { ...resource.attributes, document: { ...document, Statement } } };
  return { ...snapshot, resources: snapshot.resources.with(at, changed) };
}

/** The analysis after one changed policy by a worker that remembers the one before. */
async function rememberedRows(snapshot: WorkspaceSnapshot, wholeMs: number): Promise<readonly Row[]> {
  const memory = new AnalysisMemory({ maxIdentities: snapshot.identities.length });
  const analyse = async (of: WorkspaceSnapshot, runId: string, next: string): Promise<number> => {
    const analysis = memory.begin("workspace", { runId, identities: of.identities.length })!;
    await analyseSnapshot(of, { now: BENCH_AS_OF, memory: analysis });
    memory.keep("workspace", analysis, next);
    return analysis.judgedAgain;
  };
  const first = await measure(() => analyse(snapshot, "none", "first"));
  const again = await measure(() => analyse(withOneChange(snapshot), "first", "second"));
  return [
    {
      what: "the same, remembered for the next one",
      wallMs: first.wallMs,
      cpuMs: first.cpuMs,
      ratio: times(first.cpuMs, wholeMs, "the whole"),
    },
    {
      what: "the next one, after one changed policy",
      wallMs: again.wallMs,
      cpuMs: again.cpuMs,
      ratio: times(again.cpuMs, wholeMs, "the whole"),
      note: `${count(again.value)} identities judged again`,
    },
  ];
}

/** The code as a worker that has been up for a while has it: compiled. Without this, a small estate measures the compiler. */
async function warmUp(): Promise<void> {
  const small = generateEstate({ identities: 600, seed: BENCH_SEED + 1, asOf: BENCH_AS_OF });
  await analyseSnapshot(snapshotOfImports(small.imports), { now: BENCH_AS_OF });
}

export async function benchAnalysis(size: Size): Promise<void> {
  await warmUp();
  const merged = await measure(() => snapshotOfImports(estateForBench(size).imports));
  const snapshot = merged.value;
  const parseMs = await parseBaseline(snapshot);
  const built = await measure(() => buildGraph({ ...snapshot, asOf: BENCH_AS_OF }));
  const graph = built.value;
  const reach = await measure(() => blastRadiusOfAll(graph));
  const { rows, reaches } = await searchRows(graph, reach.cpuMs);
  const whole = await measure(() => analyseSnapshot(snapshot, { now: BENCH_AS_OF }));
  const again = await rememberedRows(snapshot, whole.cpuMs);
  const identities = snapshot.identities.length;
  const judgeMs = Math.max(0, whole.cpuMs - built.cpuMs - reach.cpuMs);
  process.stdout.write(`Input: ${shape(snapshot, graph, reaches)}\n`);
  printTable(`Analysis of ${size} identities`, [
    { what: "generate and merge the estate", wallMs: merged.wallMs, cpuMs: merged.cpuMs, note: "not part of an analysis" },
    { what: "JSON.parse of identities, resources, grants", wallMs: null, cpuMs: parseMs, note: "baseline" },
    {
      what: "build the access graph",
      wallMs: built.wallMs,
      cpuMs: built.cpuMs,
      rate: perSecond(graph.edges.length, built.cpuMs, "edges"),
      ratio: times(built.cpuMs, parseMs, "JSON.parse"),
    },
    {
      what: "blast radius of every node, exact, weighted, both bounds",
      wallMs: reach.wallMs,
      cpuMs: reach.cpuMs,
      rate: perSecond(graph.nodes.length, reach.cpuMs, "nodes"),
    },
    ...rows,
    {
      what: "rules, score and record of every identity",
      wallMs: null,
      cpuMs: judgeMs,
      rate: perSecond(identities, judgeMs, "identities"),
      note: `whole minus graph and reach; ${((judgeMs * 1000) / identities).toFixed(0)} us per identity`,
    },
    {
      what: "whole analysis, from inventory to findings",
      wallMs: whole.wallMs,
      cpuMs: whole.cpuMs,
      rate: perSecond(identities, whole.cpuMs, "identities"),
      note: `${count(whole.value.findings.length)} findings`,
    },
    ...again,
  ]);
  process.stdout.write(`\nMemory peak ${mebibytes(memoryPeakBytes())}.\n`);
}
