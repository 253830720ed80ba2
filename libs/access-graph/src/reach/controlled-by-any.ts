import type { AccessGraph } from "../types.ts";
import { graphIndex } from "./graph-index.ts";

/** Identities that any of these nodes controls, some of them only if a condition holds, by node number: one search for all, so linear in the graph. */
export function controlledByAny(graph: AccessGraph, starts: readonly number[]): readonly number[] {
  const {
    nodeCount,
    to,
    accessLevel,
    outgoing: { offsets, edgeIds },
  } = graphIndex(graph);
  const seen = new Uint8Array(nodeCount);
  const queue = [...starts];
  for (const start of starts) seen[start] = 1;
  const identities: number[] = [];
  for (const node of queue) {
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const edge = edgeIds[e]!;
      const target = to[edge]!;
      // An access step ends at the asset: who can read a vault does not act as it.
      if (accessLevel[edge] !== 0 || seen[target] !== 0) continue;
      seen[target] = 1;
      queue.push(target);
      if (graph.nodes[target]!.kind === "identity") identities.push(target);
    }
  }
  return identities;
}
