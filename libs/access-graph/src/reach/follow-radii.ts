import type { AccessGraph } from "../types.ts";
import { holdRadii, statsOfAll } from "./blast-radius.ts";
import { compactGraph } from "./compact-graph.ts";
import { graphDifference } from "./graph-difference.ts";
import type { GraphDifference } from "./graph-difference.ts";
import { graphIndex, levelPoints } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";
import { ReachRow } from "./reach-row.ts";
import type { BoundStats } from "./reach-stats.ts";
import { Upward } from "./upward.ts";
import { reachWorth } from "./worth.ts";

/** Beyond this many looks at an edge per edge of the graph, computing everything is as quick. */
const mostLooks = 40;
const bounds = ["min", "max"] as const satisfies readonly Bound[];

/**
 * `blastRadiusOfAll` of the second graph, from what is known of the first: exactly the same, but only who reaches something else than before is
 * looked at. Where that gets too much it is left to a full pass. True = done.
 */
export function followRadii(before: AccessGraph, after: AccessGraph): boolean {
  if (compactGraph(before).environments.join("\n") !== compactGraph(after).environments.join("\n")) return false;
  const stats = statsOfAll(before);
  const difference = graphDifference(before, after);
  const budget = { left: mostLooks * Math.max(after.edges.length, 10_000) };
  const worth = reachWorth(compactGraph(after));
  const made: Partial<Record<Bound, BoundStats>> = {};
  for (const bound of bounds) {
    const changed = changedReach({ before, after, bound }, difference, budget);
    if (changed === null) return false;
    const rows = new ReachRow(graphIndex(after), worth, bound);
    const kept = stats[bound].lanes;
    const firstRow = Math.ceil(kept.length / worth.laneCount);
    const lanes = new Float64Array((firstRow + changed.length) * worth.laneCount);
    lanes.set(kept);
    const rowOf = new Int32Array(after.nodes.length);
    difference.numberIn.forEach((now, node) => {
      if (now >= 0) rowOf[now] = stats[bound].rowOf[node]!;
    });
    for (const [at, node] of changed.entries()) {
      rowOf[node] = firstRow + at;
      rows.add(node, lanes, rowOf[node] * worth.laneCount);
      if (rows.work > budget.left) return false;
    }
    budget.left -= rows.work;
    made[bound] = { rowOf, lanes };
  }
  holdRadii(after, { worth, min: made.min!, max: made.max!, method: stats.method });
  return true;
}

interface Between {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  readonly bound: Bound;
}

/** Nodes of the second graph that may reach something else than in the first, and all that do; null when it costs too much to tell. */
function changedReach({ before, after, bound }: Between, difference: GraphDifference, budget: { left: number }): number[] | null {
  const { numberIn, lost, gained } = difference;
  const was = new Int32Array(after.nodes.length).fill(-1);
  numberIn.forEach((now, node) => {
    if (now >= 0) was[now] = node;
  });
  const [old, now] = [new Upward(graphIndex(before), bound), new Upward(graphIndex(after), bound)];
  const changed = new Set<number>();
  was.forEach((node, each) => {
    if (node < 0) changed.add(each);
  });
  const spent = (): boolean => old.work + now.work > budget.left;
  // Whoever got to the end of an edge that went and does no longer; then the same of those that came.
  for (const end of endsOf(before, lost)) {
    const there = numberIn[end.node]!;
    if (there >= 0) now.reachersOf(there, end.points);
    for (const node of old.reachersOf(end.node, end.points)) {
      const each = numberIn[node]!;
      if (each >= 0 && (there < 0 || !now.found(each))) changed.add(each);
    }
    if (spent()) return null;
  }
  for (const end of endsOf(after, gained)) {
    const there = was[end.node]!;
    if (there >= 0) old.reachersOf(there, end.points);
    for (const node of now.reachersOf(end.node, end.points)) if (was[node]! < 0 || there < 0 || !old.found(was[node]!)) changed.add(node);
    if (spent()) return null;
  }
  // What a node is worth has changed, for everyone who reaches it; who no longer does was found above.
  for (const [node, each] of numberIn.entries()) {
    if (each < 0 || sameWorth(before, node, after, each)) continue;
    for (const reacher of now.reachersOf(each, levelPoints.read)) changed.add(reacher);
    if (spent()) return null;
  }
  budget.left -= old.work + now.work;
  return [...changed].sort((a, b) => a - b);
}

interface End {
  readonly node: number;
  /** 5, 8, 10; 0 = control. */
  readonly points: number;
}

/** Where edges lead and with what, each once. */
function endsOf(graph: AccessGraph, edges: readonly number[]): Iterable<End> {
  const { to, accessLevel } = graphIndex(graph);
  const ends = new Map<number, End>();
  for (const edge of edges) {
    const [node, points] = [to[edge]!, accessLevel[edge]!];
    ends.set(node * 16 + points, { node, points });
  }
  return ends.values();
}

function sameWorth(before: AccessGraph, node: number, after: AccessGraph, each: number): boolean {
  const [a, b] = [before.nodes[node]!, after.nodes[each]!];
  return a === b || (a.weight === b.weight && a.tierZero === b.tierZero && a.kind === b.kind && a.environment === b.environment);
}
