import { refWords } from "@rollcall/access-graph";
import type { AccessGraph, GraphGap } from "@rollcall/access-graph";
import type { GraphGapView } from "../ports/graph-views.ts";

/** What could not be evaluated, with whom it concerns by name. */
export const gapView = (graph: AccessGraph, { what, ref, detail }: GraphGap): GraphGapView => ({
  what,
  ref,
  who: labelOf(graph, ref) ?? refWords(ref),
  detail,
});

function labelOf({ nodes, indexByKey }: AccessGraph, ref: string): string | null {
  for (const kind of ["identity", "resource", "credential"]) {
    const node = indexByKey.get(`${kind}:${ref}`);
    if (node !== undefined) return nodes[node]!.label;
  }
  return null;
}
