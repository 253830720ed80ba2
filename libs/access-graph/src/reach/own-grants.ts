import { escalationKinds, ownGrantKinds } from "../edge-kinds.ts";
import { graphIndex } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";

/** The edges a node holds by itself: leaving it, its groups and its roles, but no other identity it could become. */
export function ownGrantEdges(graph: AccessGraph, node: number, bound: Bound = "min"): GraphEdge[] {
  return explore(graph, node, bound).edges;
}

/** The node itself, its groups and its roles. */
export function ownGrantNodes(graph: AccessGraph, node: number): number[] {
  return [...explore(graph, node, "min").nodes];
}

/** Distinct escalation techniques among a node's own unconditional grants, sorted. */
export function ownEscalations(graph: AccessGraph, node: number): string[] {
  const techniques = new Set<string>();
  for (const edge of ownGrantEdges(graph, node)) {
    if (escalationKinds.has(edge.kind) && edge.why.technique !== null) techniques.add(edge.why.technique);
  }
  return [...techniques].sort();
}

function explore(graph: AccessGraph, node: number, bound: Bound): { nodes: ReadonlySet<number>; edges: GraphEdge[] } {
  const {
    outgoing: { offsets, edgeIds },
  } = graphIndex(graph);
  const nodes = new Set([node]);
  const edges: GraphEdge[] = [];
  for (const at of nodes) {
    for (let e = offsets[at]!; e < offsets[at + 1]!; e++) {
      const edge = graph.edges[edgeIds[e]!]!;
      if (edge.conditional && bound === "min") continue;
      edges.push(edge);
      if (ownGrantKinds.has(edge.kind)) nodes.add(edge.to);
    }
  }
  return { nodes, edges };
}
