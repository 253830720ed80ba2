import type { AccessGraph, Ground } from "../types.ts";
import { changeOf } from "../what-if/fixes.ts";
import { edgeChanges, edgesByGround, sortedGrounds } from "../what-if/overlay.ts";
import type { RiskModel } from "./risk-model.ts";

/** A fix with the edges it takes out of each bound. */
export interface Candidate {
  /** Grounds that each alone have this same effect; the first one stands for them. */
  readonly grounds: readonly Ground[];
  readonly lostInMin: readonly number[];
  readonly lostInMax: readonly number[];
}

/** What removing grounds takes out of Gmin (gone, or no longer certain) and out of Gmax (gone). */
export function lostEdges(graph: AccessGraph, grounds: readonly Ground[]): Pick<Candidate, "lostInMin" | "lostInMax"> {
  const { gone, weakened } = edgeChanges(graph, new Set(grounds));
  return { lostInMin: [...gone.filter((edge) => !graph.edges[edge]!.conditional), ...weakened], lostInMax: gone };
}

/**
 * Every single removable ground that could cut anything: some lost edge leaves a node that an entry controls and leads to something of weight.
 * Grounds with exactly the same effect are one candidate.
 */
export function candidatesOf(graph: AccessGraph, models: { readonly min: RiskModel; readonly max: RiskModel }): Candidate[] {
  const byEffect = new Map<string, Candidate & { grounds: Ground[] }>();
  for (const ground of sortedGrounds(edgesByGround(graph).keys())) {
    if (changeOf(ground) === null) continue;
    const lost = lostEdges(graph, [ground]);
    if (models.min.mostCut(lost.lostInMin) <= 0 && models.max.mostCut(lost.lostInMax) <= 0) continue;
    const effect = `${lost.lostInMin.join(",")}|${lost.lostInMax.join(",")}`;
    const known = byEffect.get(effect);
    if (known === undefined) byEffect.set(effect, { grounds: [ground], ...lost });
    else known.grounds.push(ground);
  }
  return [...byEffect.values()];
}
