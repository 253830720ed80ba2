import type { AccessGraph, GraphEdge } from "../types.ts";

/** Edges by node in compressed rows: node i's edge ids are `edgeIds[offsets[i]] .. edgeIds[offsets[i + 1] - 1]`, ascending. */
export interface EdgeRows {
  readonly offsets: Int32Array;
  readonly edgeIds: Int32Array;
}

/** The graph as typed arrays; edge attributes are by edge id, a position in `graph.edges`. */
export interface GraphIndex {
  readonly nodeCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly conditional: Uint8Array;
  /** 0 for control edges; 5 read, 8 write, 10 admin for ACCESSES. */
  readonly accessLevel: Uint8Array;
  readonly outgoing: EdgeRows;
  readonly incoming: EdgeRows;
}

/** Which of the two graphs a question is about: min = unconditional edges only, max = all. */
export type Bound = "min" | "max";

export const levelPoints = { read: 5, write: 8, admin: 10 } as const;

const cache = new WeakMap<AccessGraph, GraphIndex>();

export function graphIndex(graph: AccessGraph): GraphIndex {
  const known = cache.get(graph);
  if (known !== undefined) return known;
  const built = buildIndex(graph.nodes.length, graph.edges);
  cache.set(graph, built);
  return built;
}

function buildIndex(nodeCount: number, edges: readonly GraphEdge[]): GraphIndex {
  const from = new Int32Array(edges.length);
  const to = new Int32Array(edges.length);
  const conditional = new Uint8Array(edges.length);
  const accessLevel = new Uint8Array(edges.length);
  edges.forEach((edge, id) => {
    from[id] = edge.from;
    to[id] = edge.to;
    conditional[id] = edge.conditional ? 1 : 0;
    accessLevel[id] = edge.kind === "ACCESSES" ? levelPoints[edge.level ?? "read"] : 0;
  });
  return { nodeCount, from, to, conditional, accessLevel, outgoing: rowsBy(from, nodeCount), incoming: rowsBy(to, nodeCount) };
}

function rowsBy(ends: Int32Array, nodeCount: number): EdgeRows {
  const offsets = new Int32Array(nodeCount + 1);
  for (let id = 0; id < ends.length; id++) offsets[ends[id]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  const edgeIds = new Int32Array(ends.length);
  const next = offsets.slice(0, nodeCount);
  for (let id = 0; id < ends.length; id++) edgeIds[next[ends[id]!]!++] = id;
  return { offsets, edgeIds };
}
