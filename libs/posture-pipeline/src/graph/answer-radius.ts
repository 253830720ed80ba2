import { blastRadiusOfAll } from "@rollcall/access-graph";
import type { AccessGraph, BlastRadius, GraphGap } from "@rollcall/access-graph";
import type { RadiusView } from "../ports/graph-views.ts";
import { gapView } from "./gap-view.ts";
import { nodeNumber, refOfKey } from "./node-view.ts";
import { picture } from "./picture.ts";
import type { PictureOptions } from "./picture.ts";
import { reachTree } from "./reach-tree.ts";
import type { ReachTree } from "./reach-tree.ts";
import { oldestOf, sourcesBehind } from "./source-lags.ts";
import type { ReadGraph } from "./source-lags.ts";

const gapLimit = 50;

export type RadiusAnswer = Omit<RadiusView, "version">;

/** Blast radius of one node: the figures, what they rest on, and the picture of how they come about. */
export function answerRadius({ graph, readings, lags }: ReadGraph, reference: string, options: PictureOptions): RadiusAnswer {
  const node = nodeNumber(graph, reference);
  const blast = blastRadiusOfAll(graph).at(node);
  const tree = reachTree(graph, node, "out");
  const gaps = blast.atLeast === true ? gapsOn(graph, tree) : [];
  const behind = sourcesBehind(graph, tree);
  const lagging = lags.filter(({ id }) => behind.has(id));
  return {
    blast: blastView(blast),
    atLeast: blast.atLeast === true || lagging.length > 0,
    gaps: gaps.slice(0, gapLimit).map((gap) => gapView(graph, gap)),
    gapsTotal: gaps.length,
    lags: lagging,
    oldest: oldestOf(readings, behind),
    picture: picture(graph, tree, options),
  };
}

export const blastView = (blast: BlastRadius): RadiusView["blast"] => ({
  min: blast.min,
  max: blast.max,
  pctMin: blast.pctMin,
  pctMax: blast.pctMax,
  severity: blast.severity,
  tierZero: blast.tierZeroMin ? "yes" : blast.tierZeroMax ? "conditional" : "no",
  assets: { min: blast.assetsMin, max: blast.assetsMax },
  identities: { min: blast.identitiesMin, max: blast.identitiesMax },
  sensitive: blast.sensitiveMin,
  environments: blast.environments,
  escalations: blast.escalations,
});

/** Gaps of the node itself and of what it controls: those that make its numbers lower bounds. */
function gapsOn(graph: AccessGraph, tree: ReachTree): readonly GraphGap[] {
  const refs = new Set(
    [tree.root, ...tree.order.filter((node) => tree.accessed[node] === 0)].map((node) => refOfKey(graph.nodes[node]!.key)),
  );
  return graph.gaps.filter((gap) => refs.has(gap.ref));
}
