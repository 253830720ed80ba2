import { notControl, pointsMask } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import { controlComponents } from "./components.ts";
import type { Components } from "./components.ts";
import { condense } from "./condensation.ts";
import { denseBlocks } from "./dense-blocks.ts";
import type { Bound } from "./graph-index.ts";
import { reachItems } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import { defaultSetLimits, SharedSets } from "./shared-sets.ts";
import type { SetLimits, StatRows } from "./shared-sets.ts";

/** How reach sets are united; all are exact. `auto` shares sets and falls back to dense blocks when they do not share. */
export type ReachMethod = "auto" | "shared" | "dense";

/** Statistics of what every node reaches, itself included, in both graphs. */
export interface ReachStats {
  readonly items: ReachItems;
  readonly min: BoundStats;
  readonly max: BoundStats;
  readonly method: "shared" | "dense";
}

export interface BoundStats {
  /** By node: its row. */
  readonly rowOf: Int32Array;
  readonly rows: StatRows;
}

export function reachStats(
  graph: CompactGraph,
  { method = "auto", limits = defaultSetLimits }: { readonly method?: ReachMethod; readonly limits?: SetLimits } = {},
): ReachStats {
  const items = reachItems(graph);
  const shared = method === "dense" ? null : sharedStats(graph, items, method === "shared" ? unlimited(limits) : limits);
  if (shared !== null) return shared;
  const min = denseStats(graph, items, "min");
  return { items, min, max: hasConditions(graph) ? denseStats(graph, items, "max") : min, method: "dense" };
}

const unlimited = (limits: SetLimits): SetLimits => ({ ...limits, maxBytes: Infinity, maxWork: Infinity });

/**
 * Both graphs with one pool of sets: a node that reaches no conditional edge reaches the same in both, so the second pass
 * is only about those that do, and builds on the sets of the first.
 */
function sharedStats(graph: CompactGraph, items: ReachItems, limits: SetLimits): ReachStats | null {
  const controlled = controlledNodes(graph);
  const sets = new SharedSets(items, limits);
  const least = controlComponents(graph, "min");
  const condensed = condense(graph, least, { bound: "min", items });
  if (!sets.add(condensed, keptRows(least, controlled))) return null;
  const most = controlComponents(graph, "max", { of: withoutDirty(least, condensed.reachesCondition), count: least.count });
  if (most.count > least.count && !sets.add(condense(graph, most, { bound: "max", items }), keptRows(most, controlled))) return null;
  const rows = { radius: sets.radius, counts: sets.counts };
  return { items, min: { rowOf: least.of, rows }, max: { rowOf: most.of, rows }, method: "shared" };
}

function withoutDirty({ of }: Components, dirty: Uint8Array): Int32Array {
  const kept = of.slice();
  for (let node = 0; node < kept.length; node++) if (dirty[kept[node]!] === 1) kept[node] = -1;
  return kept;
}

/** Nodes that some control edge leads to, conditional or not: only their sets are ever part of another. */
export function controlledNodes({ nodeCount, offsets, targets, tags }: CompactGraph): Uint8Array {
  const controlled = new Uint8Array(nodeCount);
  const edgeCount = offsets[nodeCount]!;
  for (let e = 0; e < edgeCount; e++) if ((tags[e]! & pointsMask) === 0) controlled[targets[e]!] = 1;
  return controlled;
}

export function keptRows({ count, of, first }: Components, controlled: Uint8Array): Uint8Array {
  const kept = new Uint8Array(count - first);
  for (let node = 0; node < of.length; node++) if (controlled[node] === 1 && of[node]! >= first) kept[of[node]! - first] = 1;
  return kept;
}

function denseStats(graph: CompactGraph, items: ReachItems, bound: Bound): BoundStats {
  const components = controlComponents(graph, bound);
  return { rowOf: components.of, rows: denseBlocks(condense(graph, components, { bound, items }), items) };
}

function hasConditions({ nodeCount, offsets, tags }: CompactGraph): boolean {
  const conditional = notControl.min & ~notControl.max;
  for (let e = 0; e < offsets[nodeCount]!; e++) if ((tags[e]! & conditional) !== 0) return true;
  return false;
}

/** What a node adds to its own row: the definition of the blast radius leaves the node itself out. */
export function ownShare(items: ReachItems, node: number): { readonly radius: number; readonly counts: Int32Array } {
  const counts = new Int32Array(items.columnCount);
  let radius = 0;
  const add = (item: number): void => {
    radius += items.radiusOf[item]!;
    for (const column of items.columnsOfClass[items.classOf[item]!]!) counts[column]!++;
  };
  if (items.identityItem[node]! >= 0) add(items.identityItem[node]!);
  if (items.firstItem[node]! >= 0) for (let k = 0; k < items.itemsAt[node * 3 + 2]!; k++) add(items.firstItem[node]! + k);
  return { radius, counts };
}
