import { chokePoints } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";

/** Choke points of a whole graph, every identity an entry: seconds, exact evaluations and what the bounds spared. */
export function benchChoke(
  graph: AccessGraph,
  limit = 20,
): { readonly seconds: number; readonly candidates: number; readonly evaluated: number; readonly best: number } {
  const entries = graph.nodes.filter((node) => node.kind === "identity").map((node) => ({ node: node.key, points: 1 }));
  const start = process.hrtime.bigint();
  const { work, ranked } = chokePoints(graph, entries, { limit, redundantLimit: 0 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  process.stdout.write(
    `choke points  ${graph.nodes.length} nodes, ${graph.edges.length} edges: exact top ${ranked.length} in ${seconds.toFixed(1)} s (target 60 s at 100k / 500k); ${work.candidates} candidates, ${work.evaluated} worked out, ${work.pruned} spared\n`,
  );
  return { seconds, candidates: work.candidates, evaluated: work.evaluated, best: ranked[0]?.cut.min ?? 0 };
}
