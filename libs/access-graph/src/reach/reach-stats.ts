import { notControl } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import { controlComponents } from "./components.ts";
import type { Components } from "./components.ts";
import { condense } from "./condensation.ts";
import { denseBlocks } from "./dense-blocks.ts";
import type { Bound } from "./graph-index.ts";
import { reachItems } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import { defaultSetLimits, SharedSets } from "./shared-sets.ts";
import type { SetLimits } from "./shared-sets.ts";

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
  /** `laneCount` numbers per row. */
  readonly lanes: Float64Array;
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
  const sets = new SharedSets(items, limits);
  const least = controlComponents(graph, "min");
  const condensed = condense(graph, least, { bound: "min", items });
  if (!sets.add(condensed)) return null;
  const most = controlComponents(graph, "max", { of: withoutDirty(least, condensed.reachesCondition), count: least.count });
  if (most.count > least.count && !sets.add(condense(graph, most, { bound: "max", items }))) return null;
  const { lanes } = sets;
  return { items, min: { rowOf: least.of, lanes }, max: { rowOf: most.of, lanes }, method: "shared" };
}

function withoutDirty({ of }: Components, dirty: Uint8Array): Int32Array {
  const kept = of.slice();
  for (let node = 0; node < kept.length; node++) if (dirty[kept[node]!] === 1) kept[node] = -1;
  return kept;
}

function denseStats(graph: CompactGraph, items: ReachItems, bound: Bound): BoundStats {
  const components = controlComponents(graph, bound);
  return { rowOf: components.of, lanes: denseBlocks(condense(graph, components, { bound, items }), items) };
}

function hasConditions({ nodeCount, offsets, tags }: CompactGraph): boolean {
  const conditional = notControl.min & ~notControl.max;
  for (let e = 0; e < offsets[nodeCount]!; e++) if ((tags[e]! & conditional) !== 0) return true;
  return false;
}

/** What a node adds to its own row, as lanes: the definition of the blast radius leaves the node itself out. */
export function ownShare({ identityItem, firstItem, itemsAt, recordOf, records, laneCount }: ReachItems, node: number): Float64Array {
  const lanes = new Float64Array(laneCount);
  const add = (item: number): void => {
    for (let lane = 0; lane < laneCount; lane++) lanes[lane]! += records[recordOf[item]! * laneCount + lane]!;
  };
  if (identityItem[node]! >= 0) add(identityItem[node]!);
  if (firstItem[node]! >= 0) for (let k = 0; k < itemsAt[node * 3 + 2]!; k++) add(firstItem[node]! + k);
  return lanes;
}

/** Radius by node, the node itself left out. */
export function radiusColumn({ items, ...stats }: ReachStats, bound: Bound): Float64Array {
  const { rowOf, lanes } = stats[bound];
  const { firstItem, laneCount } = items;
  const radii = new Float64Array(rowOf.length);
  for (let node = 0; node < radii.length; node++)
    radii[node] = lanes[rowOf[node]! * laneCount]! - (firstItem[node]! < 0 ? 0 : ownShare(items, node)[0]!);
  return radii;
}
