import { modelledRbacTechniques, modelledTechniques, notModelled } from "@rollcall/access-graph";
import type { GraphGap } from "@rollcall/access-graph";
import type { NotModelledView } from "../ports/graph-views.ts";
import { gapView } from "./gap-view.ts";
import type { ReadGraph } from "./source-lags.ts";

const examplesPerGap = 5;

/** Everything that turns exact answers into "at least": techniques nobody modelled, grants that could not be read, sources that lag. */
export function answerNotModelled({ graph, lags }: ReadGraph): Omit<NotModelledView, "version"> {
  const gaps = new Map<GraphGap["what"], GraphGap[]>();
  for (const gap of graph.gaps) {
    const known = gaps.get(gap.what);
    if (known === undefined) gaps.set(gap.what, [gap]);
    else known.push(gap);
  }
  return {
    modelled: modelledTechniques.length + modelledRbacTechniques.length,
    techniques: notModelled,
    gaps: [...gaps].map(([what, all]) => ({
      what,
      count: all.length,
      examples: all.slice(0, examplesPerGap).map((gap) => gapView(graph, gap)),
    })),
    lags,
  };
}
