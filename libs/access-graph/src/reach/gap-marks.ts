import type { Components } from "./components.ts";
import type { Condensation } from "./condensation.ts";
import type { AccessGraph } from "../types.ts";

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

/** Components that control, or contain, a node with a gap: what they reach is "at least". */
export function componentsWithGap(marks: Uint8Array, components: Components, condensed: Condensation): Uint8Array {
  const hidden = new Uint8Array(components.count);
  for (let node = 0; node < marks.length; node++) if (marks[node] === 1) hidden[components.of[node]!] = 1;
  for (let c = 0; c < components.count; c++) {
    for (let s = condensed.successorOffsets[c]!; s < condensed.successorOffsets[c + 1]!; s++)
      hidden[c]! |= hidden[condensed.successors[s]!]!;
  }
  return hidden;
}
