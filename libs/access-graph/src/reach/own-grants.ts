import { escalationKinds, ownGrantKinds } from "../edge-kinds.ts";
import { graphIndex } from "./graph-index.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";

/** The unconditional edges a node holds by itself: leaving it, its groups and its roles, but no other identity it could become. */
export function ownGrantEdges(graph: AccessGraph, node: number): GraphEdge[] {
  const { outgoing: { offsets, edgeIds } } = graphIndex(graph);
  const seen = new Set([node]);
  const edges: GraphEdge[] = [];
  for (const at of seen) {
    for (let e = offsets[at]!; e < offsets[at + 1]!; e++) {
      const edge = graph.edges[edgeIds[e]!]!;
      if (edge.conditional) continue;
      edges.push(edge);
      if (ownGrantKinds.has(edge.kind)) seen.add(edge.to);
    }
  }
  return edges;
}

/** Distinct escalation techniques among a node's own grants, sorted. */
export function ownEscalations(graph: AccessGraph, node: number): string[] {
  const techniques = new Set<string>();
  for (const edge of ownGrantEdges(graph, node)) {
    if (escalationKinds.has(edge.kind) && edge.why.technique !== null) techniques.add(edge.why.technique);
  }
  return [...techniques].sort();
}
