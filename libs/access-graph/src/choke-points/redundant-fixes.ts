import { hopOf, shortestEdges } from "../reach/shortest-path.ts";
import { reachOf } from "../reach/reach-of.ts";
import { endingGrounds } from "../routes/routes.ts";
import type { AccessGraph, Ground } from "../types.ts";
import type { Fixes } from "../what-if/fixes.ts";
import type { Bounds, Entry } from "../what-if/what-if-types.ts";
import { lostEdges } from "./candidate.ts";
import type { Candidate } from "./candidate.ts";
import type { RedundantFix } from "./choke-point-types.ts";
import { cutOf } from "./rank-candidates.ts";
import type { Models } from "./rank-candidates.ts";

/** Pairs worked out exactly in one answer: each costs as much as one blast-radius pass. */
const pairsTried = 40;

export interface Estate {
  readonly graph: AccessGraph;
  readonly entries: readonly Entry[];
  readonly models: Models;
  readonly fixes: Fixes;
}

/** Fixes that alone cut nothing: what else keeps the way open, and a second fix that closes it together with the first. */
export function redundantFixes(estate: Estate, idle: readonly Candidate[]): RedundantFix[] {
  const budget = { left: pairsTried };
  return idle.map((candidate) => {
    const around = wayAround(estate, candidate);
    const [ground] = candidate.grounds;
    return {
      fix: estate.fixes.of([ground!]),
      alsoVia: around.map((edge) => hopOf(estate.graph, estate.graph.edges[edge]!).sentence),
      pair: bestPair(estate, { ground: ground!, around }, budget),
    };
  });
}

/** How the busiest entry behind a lost edge still gets to where that edge led, or to what lies behind it. */
function wayAround({ graph, entries, models }: Estate, { lostInMin, lostInMax }: Candidate): readonly number[] {
  const lost = lostInMax.length > 0 ? lostInMax : lostInMin;
  const leftOut = new Set(lost);
  const busy = [...lost].sort((a, b) => worth(graph, models, b) - worth(graph, models, a) || a - b).slice(0, edgesTried);
  for (const edge of busy) {
    const { from, to: head } = graph.edges[edge]!;
    const behind = reachOf(graph, head).assets.slice(0, edgesTried);
    for (const start of [from, ...entries.flatMap(({ node }) => graph.indexByKey.get(node) ?? [])].slice(0, startsTried)) {
      if (start !== from && shortestEdges(graph, { from: start, to: from }, leftOut) === null) continue;
      for (const to of [head, ...behind.map((asset) => asset.node)]) {
        const around = start === to ? null : shortestEdges(graph, { from: start, to }, leftOut);
        if (around !== null) return around;
      }
    }
  }
  return [];
}

const edgesTried = 3;
const startsTried = 20;

const worth = (graph: AccessGraph, { max }: Models, edge: number): number => max.pressureOn(graph.edges[edge]!.from) * max.gainOf(edge);

function bestPair(
  { graph, models, fixes }: Estate,
  { ground, around }: { readonly ground: Ground; readonly around: readonly number[] },
  budget: { left: number },
): RedundantFix["pair"] {
  let best: { partner: Ground; cut: Bounds } | null = null;
  const partners = new Set(around.flatMap((edge) => endingGrounds(graph.edges[edge]!)));
  partners.delete(ground);
  for (const partner of partners) {
    if (budget.left-- <= 0) break;
    const cut = cutOf(models, lostEdges(graph, [ground, partner]));
    // Together they must do more than the second one does by itself.
    const alone = cutOf(models, lostEdges(graph, [partner]));
    if (cut.min <= alone.min && cut.max <= alone.max) continue;
    if (best === null || cut.min > best.cut.min || (cut.min === best.cut.min && cut.max > best.cut.max)) best = { partner, cut };
  }
  return best === null ? null : { fix: fixes.of([ground, best.partner]), cut: best.cut };
}
