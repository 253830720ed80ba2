import { blastRadiusOfAll, buildGraph, chokePoints, controlPlanes, whatIf } from "@rollcall/access-graph";
import type { Change } from "@rollcall/access-graph";
import { snapshotOfImports } from "@rollcall/posture-pipeline";
import { BENCH_AS_OF, estateForBench } from "./estate-for-bench.ts";
import type { Size } from "./estate-for-bench.ts";
import { measure, percentile } from "./measure.ts";
import { count, printTable, times } from "./report.ts";

/** Plans of one step, evenly chosen over the estate. */
const plans = 40;

const evenly = <T>(all: readonly T[], wanted: number): readonly T[] =>
  all.length <= wanted ? all : Array.from({ length: wanted }, (_, index) => all[Math.floor((index * all.length) / wanted)]!);

/** What people ask of the graph of a workspace, against one full pass over it: every identity is an entry. */
export async function benchQuestions(size: Size): Promise<void> {
  const snapshot = snapshotOfImports(estateForBench(size).imports);
  const inventory = { ...snapshot, asOf: BENCH_AS_OF };
  const built = await measure(() => buildGraph(inventory));
  const graph = built.value;
  const pass = await measure(() => blastRadiusOfAll(graph));
  const entries = snapshot.identities.map(({ ref }) => ({ node: `identity:${ref}`, points: 1 }));
  const changes: readonly Change[] = [
    ...evenly(snapshot.grants, plans / 2).map(({ id }): Change => ({ kind: "remove_grant", grant: id })),
    ...evenly(snapshot.credentials, plans / 2).map(({ ref }): Change => ({ kind: "revoke_credential", credential: `credential:${ref}` })),
  ];
  const asked: number[] = [];
  for (const change of changes) {
    const about = { entries, grants: snapshot.grants, asOf: BENCH_AS_OF };
    asked.push((await measure(() => whatIf(graph, [change], about))).cpuMs);
  }
  const choke = await measure(() => chokePoints(graph, entries, { grants: snapshot.grants, redundantLimit: 0 }));
  const planes = await measure(() => controlPlanes(graph));
  const { candidates, evaluated, pruned } = choke.value.work;
  const against = (cpuMs: number): string => times(cpuMs, pass.cpuMs, "the full pass");
  const row = (what: string, cpuMs: number, note = "") => ({ what, wallMs: null, cpuMs, ratio: against(cpuMs), note });
  printTable(
    `Questions to the graph of the generated estate of ${size} identities: ${count(graph.nodes.length)} nodes, ${count(graph.edges.length)} edges`,
    [
      { what: "blast radius of every node", wallMs: null, cpuMs: pass.cpuMs, note: "baseline" },
      row(
        "what if one grant or credential goes: half of the plans",
        percentile(asked, 0.5),
        `${count(asked.length)} plans on the graph alone`,
      ),
      row("the slowest but one", percentile(asked, 0.95)),
      row("building the changed inventory instead", built.cpuMs, "for plans that the graph cannot answer, without its full pass"),
      row(
        "the twenty changes that cut most risk",
        choke.cpuMs,
        `${count(candidates)} candidates, ${count(evaluated)} worked out, ${count(pruned)} spared`,
      ),
      row("control planes", planes.cpuMs, `${count(planes.value.length)} listed`),
    ],
  );
}
