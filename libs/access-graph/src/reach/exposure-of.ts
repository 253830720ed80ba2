import type { AccessLevel } from "@rollcall/nhi-model";
import type { AccessGraph, NodeKind } from "../types.ts";
import { graphIndex, levelPoints } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";

export interface ExposedTo {
  readonly node: number;
  readonly level: AccessLevel;
  /** True when it reaches the asset only if some condition holds. */
  readonly conditional: boolean;
  /** Least number of edges. */
  readonly hops: number;
}

/** Who can reach a node, by backward search; by default identities, credentials and externals. Strongest level first, then nearest. */
export function exposureOf(
  graph: AccessGraph,
  node: number,
  kinds: readonly NodeKind[] = ["identity", "credential", "external"],
): ExposedTo[] {
  const [least, most] = [reachers(graph, node, "min"), reachers(graph, node, "max")];
  const rows: ExposedTo[] = [];
  for (let from = 0; from < graph.nodes.length; from++) {
    if (from === node || !kinds.includes(graph.nodes[from]!.kind)) continue;
    const found = least[from] ?? most[from];
    if (found !== undefined) rows.push({ node: from, ...found, conditional: least[from] === undefined });
  }
  return rows.sort(
    (a, b) =>
      levelPoints[b.level] - levelPoints[a.level] || Number(a.conditional) - Number(b.conditional) || a.hops - b.hops || a.node - b.node,
  );
}

/** Per node its best level on the target: control of the target, then admin, write and read access, each by its own backward search. */
function reachers(graph: AccessGraph, target: number, bound: Bound): ({ level: AccessLevel; hops: number } | undefined)[] {
  const {
    from,
    conditional,
    accessLevel,
    incoming: { offsets, edgeIds },
  } = graphIndex(graph);
  const accessors = (points: number): number[] => {
    const sources: number[] = [];
    for (let e = offsets[target]!; e < offsets[target + 1]!; e++) {
      const edge = edgeIds[e]!;
      if (accessLevel[edge]! >= points && (bound === "max" || conditional[edge] === 0)) sources.push(from[edge]!);
    }
    return sources;
  };
  const best: ({ level: AccessLevel; hops: number } | undefined)[] = [];
  const nearest = new Int32Array(graph.nodes.length).fill(-1);
  for (const level of ["admin", "write", "read"] as const) {
    const hops = controllers(graph, { starts: accessors(levelPoints[level]), target: level === "admin" ? target : null }, bound);
    hops.forEach((distance, node) => {
      if (distance < 0) return;
      if (nearest[node] === -1 || distance < nearest[node]!) nearest[node] = distance;
      best[node] ??= { level, hops: distance };
    });
  }
  return best.map((found, node) => (found === undefined ? undefined : { level: found.level, hops: nearest[node]! }));
}

/** Backward hops over control edges: 0 at the target itself, 1 at each node that accesses it. */
function controllers(
  graph: AccessGraph,
  seeds: { readonly starts: readonly number[]; readonly target: number | null },
  bound: Bound,
): Int32Array {
  const {
    from,
    conditional,
    accessLevel,
    incoming: { offsets, edgeIds },
  } = graphIndex(graph);
  const hops = new Int32Array(graph.nodes.length).fill(-1);
  const queue: number[] = [];
  const visit = (node: number, distance: number): void => {
    if (hops[node] !== -1) return;
    hops[node] = distance;
    queue.push(node);
  };
  let waiting = seeds.starts;
  if (seeds.target === null) {
    for (const start of waiting) visit(start, 1);
    waiting = [];
  } else visit(seeds.target, 0);
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]!;
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const edge = edgeIds[e]!;
      if (accessLevel[edge] === 0 && (bound === "max" || conditional[edge] === 0)) visit(from[edge]!, hops[node]! + 1);
    }
    // Those that access the target are one hop away, like those that control it in one step.
    if (at === 0) {
      for (const start of waiting) visit(start, 1);
      waiting = [];
    }
  }
  return hops;
}
