import { chokePoints } from "@rollcall/access-graph";
import type { AccessGraph, Bounds } from "@rollcall/access-graph";
import type { ChokePointsView, ChokePointView } from "../ports/graph-views.ts";
import { nodeView } from "./node-view.ts";
import { planId } from "./plan-id.ts";
import type { PlanWorld } from "./plan-world.ts";

export type ChokePointsResult = Omit<ChokePointsView, "version">;

const rankedFixes = 20;

/** The single changes that take most risk away, exact, with who would notice; and those that alone take nothing, with what keeps the way open. */
export function answerChokePoints({ graph, lags, snapshot, entries, asOf }: PlanWorld): ChokePointsResult {
  const found = chokePoints(graph, entries, { limit: rankedFixes, grants: snapshot.grants, usage: snapshot.usage, asOf });
  const whole = found.risk.min > 0 ? "min" : "max";
  const share = (cut: Bounds): number => (found.risk[whole] === 0 ? 0 : Math.round((1000 * cut[whole]) / found.risk[whole]) / 10);
  return {
    risk: found.risk,
    entries: entries.length,
    ranked: found.ranked.map(({ fix, cut, cutPct, sideEffects }): ChokePointView => ({
      planId: planId(fix.changes),
      changes: fix.changes,
      title: fix.title,
      cut,
      cutPct,
      affected: sideEffects.affected.length,
      used90d: sideEffects.used90d,
      focus: firstNode(graph, sideEffects.affected),
    })),
    redundant: found.redundant.map(({ fix, alsoVia, pair }) => ({
      title: fix.title,
      changes: fix.changes,
      alsoVia,
      pair: pair === null ? null : { title: pair.fix.title, changes: pair.fix.changes, cut: pair.cut, cutPct: share(pair.cut) },
    })),
    work: found.work,
    atLeast: graph.gaps.length > 0 || lags.length > 0,
  };
}

function firstNode(graph: AccessGraph, keys: readonly string[]) {
  for (const key of keys) {
    const node = graph.indexByKey.get(key);
    if (node !== undefined) return nodeView(graph.nodes[node]!);
  }
  return null;
}
