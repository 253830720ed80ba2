import { graphIndex } from "../reach/graph-index.ts";
import { ownGrantEdges } from "../reach/own-grants.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";

/** A principal that owns a tier-0 node (an account, a cluster) by its own grants, its groups' and roles' included. */
export interface Administrator {
  readonly node: number;
  readonly certain: boolean;
  readonly owns: readonly number[];
  /** The grants that make it one. */
  readonly edges: readonly GraphEdge[];
}

const cache = new WeakMap<AccessGraph, readonly Administrator[]>();

/** All administrators, by node number; those that are only if a condition holds are marked so. */
export function administrators(graph: AccessGraph): readonly Administrator[] {
  const known = cache.get(graph);
  if (known !== undefined) return known;
  const found: Administrator[] = [];
  const owners = possibleOwners(graph);
  for (const [node, { kind }] of graph.nodes.entries()) {
    if (kind !== "identity" || owners[node] === 0) continue;
    for (const bound of ["min", "max"] as const) {
      const edges = ownGrantEdges(graph, node, bound).filter((edge) => edge.kind === "OWNS" && graph.nodes[edge.to]!.tierZero);
      if (edges.length === 0) continue;
      found.push({ node, certain: bound === "min", owns: [...new Set(edges.map((edge) => edge.to))], edges });
      break;
    }
  }
  cache.set(graph, found);
  return found;
}

/** Marks nodes from which a tier-0 owner can be reached at all, so that most nodes need no search of their own. */
function possibleOwners(graph: AccessGraph): Uint8Array {
  const { from, incoming } = graphIndex(graph);
  const marks = new Uint8Array(graph.nodes.length);
  const queue: number[] = [];
  const mark = (node: number): void => {
    if (marks[node] === 1) return;
    marks[node] = 1;
    queue.push(node);
  };
  for (const edge of graph.edges) if (edge.kind === "OWNS" && graph.nodes[edge.to]!.tierZero) mark(edge.from);
  for (const node of queue) {
    for (let e = incoming.offsets[node]!; e < incoming.offsets[node + 1]!; e++) {
      const id = incoming.edgeIds[e]!;
      if (graph.edges[id]!.kind === "MEMBER_OF" || graph.edges[id]!.kind === "HAS_ROLE") mark(from[id]!);
    }
  }
  return marks;
}
