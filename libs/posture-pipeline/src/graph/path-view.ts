import { shortestPath, type AccessGraph } from "@rollcall/access-graph";
import type { PathView } from "../ports/views.ts";

/** The shortest way between two nodes with a sentence and the facts per hop; null when there is none. */
export function pathView(graph: AccessGraph, from: number, to: number): PathView | null {
  const hops = shortestPath(graph, from, to);
  if (hops === null) return null;
  return {
    from: graph.nodes[from]!.label,
    to: graph.nodes[to]!.label,
    conditional: hops.some((hop) => hop.edge.conditional),
    hops: hops.map(({ edge, sentence }) => ({
      sentence,
      kind: edge.kind,
      technique: edge.why.technique,
      conditional: edge.conditional,
      conditions: edge.why.conditions,
      facts: edge.why.facts,
    })),
  };
}
