import { graphIndex } from "./graph-index.ts";
import type { AccessGraph, GraphNode } from "../types.ts";

/** Nodes whose own grants are partly hidden by a gap. */
export function nodesWithGap(graph: AccessGraph): Uint8Array {
  const marks = new Uint8Array(graph.nodes.length);
  for (const gap of graph.gaps) {
    for (const key of [`identity:${gap.ref}`, `resource:${gap.ref}`, `credential:${gap.ref}`, `external:${gap.ref}`]) {
      const node = graph.indexByKey.get(key);
      if (node !== undefined) marks[node] = 1;
    }
  }
  return marks;
}

/** Nodes that have a gap or control one that has: what they reach is "at least". */
export const nodesAboveGaps = (graph: AccessGraph): Uint8Array => withControllers(graph, nodesWithGap(graph));

/** Nodes that one of these sources tells of, and those that control one of them. */
export function nodesAboveSources(graph: AccessGraph, sourceIds: ReadonlySet<string>): Uint8Array {
  const isOfThem = ({ sourceIds: own }: GraphNode): boolean => own !== undefined && own.some((id) => sourceIds.has(id));
  return withControllers(
    graph,
    Uint8Array.from(graph.nodes, (node) => (isOfThem(node) ? 1 : 0)),
  );
}

/** Marks whoever controls a marked node as well, in place. */
function withControllers(graph: AccessGraph, marks: Uint8Array): Uint8Array {
  const queue: number[] = [];
  for (let node = 0; node < marks.length; node++) if (marks[node] === 1) queue.push(node);
  if (queue.length === 0) return marks;
  const {
    from,
    accessLevel,
    incoming: { offsets, edgeIds },
  } = graphIndex(graph);
  for (const node of queue) {
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const source = from[edgeIds[e]!]!;
      if (accessLevel[edgeIds[e]!] !== 0 || marks[source] === 1) continue;
      marks[source] = 1;
      queue.push(source);
    }
  }
  return marks;
}
