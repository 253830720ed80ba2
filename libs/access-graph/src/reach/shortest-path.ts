import { edgePhrase } from "../edge-kinds.ts";
import type { AccessGraph, GraphEdge, GraphNode, PathHop } from "../types.ts";
import { graphIndex } from "./graph-index.ts";

/**
 * The shortest way from one node to another: fewest hops, then fewest conditional hops, then smallest edge numbers, so
 * the answer is always the same. Control edges, and at most one access edge as the last. Null when there is none.
 */
export function shortestPath(graph: AccessGraph, from: number, to: number): readonly PathHop[] | null {
  return shortestEdges(graph, { from, to }, nothing)?.map((edge) => hopOf(graph, graph.edges[edge]!)) ?? null;
}

const nothing: ReadonlySet<number> = new Set();

/** The same as edge numbers, leaving some edges out. */
export function shortestEdges(
  graph: AccessGraph,
  { from, to }: { readonly from: number; readonly to: number },
  leftOut: ReadonlySet<number>,
): readonly number[] | null {
  if (from === to) return [];
  const {
    nodeCount,
    to: targets,
    conditional,
    accessLevel,
    outgoing: { offsets, edgeIds },
  } = graphIndex(graph);
  const { hops, uncertain } = distancesTo(graph, to, leftOut);
  if (hops[from] === -1) return null;
  const path: number[] = [];
  let at = from;
  while (at !== to && path.length <= nodeCount) {
    for (let e = offsets[at]!; e < offsets[at + 1]!; e++) {
      const edge = edgeIds[e]!;
      const next = targets[edge]!;
      if ((accessLevel[edge] !== 0 && next !== to) || leftOut.has(edge)) continue;
      if (hops[next] !== hops[at]! - 1 || uncertain[next]! + conditional[edge]! !== uncertain[at]) continue;
      path.push(edge);
      at = next;
      break;
    }
  }
  return path;
}

/** Layer by layer from the target: every edge adds one hop, so the least conditional way into a layer is settled before the next. */
function distancesTo(graph: AccessGraph, target: number, leftOut: ReadonlySet<number>): { hops: Int32Array; uncertain: Int32Array } {
  const {
    nodeCount,
    from,
    conditional,
    accessLevel,
    incoming: { offsets, edgeIds },
  } = graphIndex(graph);
  const hops = new Int32Array(nodeCount).fill(-1);
  const uncertain = new Int32Array(nodeCount);
  hops[target] = 0;
  const queue = [target];
  for (const node of queue) {
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const edge = edgeIds[e]!;
      if ((accessLevel[edge] !== 0 && node !== target) || leftOut.has(edge)) continue;
      const source = from[edge]!;
      const cost = uncertain[node]! + conditional[edge]!;
      if (hops[source] === -1) {
        hops[source] = hops[node]! + 1;
        uncertain[source] = cost;
        queue.push(source);
      } else if (hops[source] === hops[node]! + 1 && cost < uncertain[source]!) uncertain[source] = cost;
    }
  }
  return { hops, uncertain };
}

export function hopOf(graph: AccessGraph, edge: GraphEdge): PathHop {
  const [from, to] = [graph.nodes[edge.from]!, graph.nodes[edge.to]!];
  return { edge, from, to, sentence: hopSentence(edge, from, to) };
}

/** One sentence per hop: who, what, whom, why, and what must hold for it. */
export function hopSentence(edge: GraphEdge, from: GraphNode, to: GraphNode): string {
  const verb = edge.kind === "ACCESSES" ? `has ${edge.level ?? "read"} access to` : edgePhrase(edge.kind);
  const because = edge.why.facts.map((fact) => fact.detail).filter((detail) => detail !== "");
  const reason = because.length === 0 ? "" : ` (${because.join("; ")})`;
  const provided = edge.conditional
    ? `, provided that ${edge.why.conditions.join(" and ") || "a condition that could not be checked holds"}`
    : "";
  return `${from.label} ${verb} ${to.label}${reason}${provided}`;
}
