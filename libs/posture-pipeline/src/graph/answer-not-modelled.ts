import { modelledRbacTechniques, modelledTechniques, notModelledTechniques } from "@rollcall/access-graph";
import type { GraphGap } from "@rollcall/access-graph";
import type { NotModelledView } from "../ports/graph-views.ts";
import type { GraphWorld } from "./answer-question.ts";
import { gapView } from "./gap-view.ts";

const examplesPerGap = 5;

/** Everything that turns exact answers into "at least": techniques nobody modelled, grants that could not be read, sources that lag. */
export async function answerNotModelled(world: GraphWorld): Promise<NotModelledView> {
  const sources = await world.sources();
  const gaps = new Map<GraphGap["what"], GraphGap[]>();
  for (const gap of world.graph.gaps) {
    const known = gaps.get(gap.what);
    if (known === undefined) gaps.set(gap.what, [gap]);
    else known.push(gap);
  }
  return {
    version: world.version,
    modelled: modelledTechniques.length + modelledRbacTechniques.length,
    techniques: notModelledTechniques,
    gaps: [...gaps].map(([what, all]) => ({
      what,
      count: all.length,
      examples: all.slice(0, examplesPerGap).map((gap) => gapView(world.graph, gap)),
    })),
    staleSources: sources
      .filter((source) => source.status !== "ok")
      .map(({ id, name, asOf, status }) => ({ id, name, asOf, reason: status })),
  };
}
