import { notControl } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import { controlComponents } from "./components.ts";
import type { Components } from "./components.ts";
import { condense } from "./condensation.ts";
import { denseBlocks } from "./dense-blocks.ts";
import type { Bound } from "./graph-index.ts";
import { reachItems } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";
import { defaultSetLimits } from "./shared-sets.ts";
import type { SetLimits } from "./shared-sets.ts";
import { WordSets } from "./word-sets.ts";
import { reachWorth } from "./worth.ts";
import type { ReachWorth } from "./worth.ts";

/** How reach sets are united; all are exact. `auto` shares sets and falls back to dense blocks when they do not share. */
export type ReachMethod = "auto" | "shared" | "dense";

/** Statistics of what every node reaches, itself included, in both graphs. */
export interface ReachStats {
  readonly worth: ReachWorth;
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
  const worth = reachWorth(graph);
  const shared = method === "dense" ? null : sharedStats(graph, worth, method === "shared" ? unlimited(limits) : limits);
  if (shared !== null) return shared;
  const min = denseStats(graph, "min");
  return { worth, min, max: hasConditions(graph) ? denseStats(graph, "max") : min, method: "dense" };
}

const unlimited = (limits: SetLimits): SetLimits => ({ ...limits, maxBytes: Infinity, maxWork: Infinity });

/**
 * Both graphs with one pool of sets: a node that reaches no conditional edge reaches the same in both, so the second pass
 * is only about those that do, and builds on the sets of the first.
 */
function sharedStats(graph: CompactGraph, worth: ReachWorth, limits: SetLimits): ReachStats | null {
  const sets = new WordSets(graph, worth, limits);
  const least = controlComponents(graph, "min");
  if (!sets.add(least, "min")) return null;
  const { of, dirty } = withoutDirty(least, sets);
  if (dirty > 0 && !sets.add(controlComponents(graph, "max", { of, count: least.count, missing: dirty }), "max")) return null;
  const { lanes } = sets;
  return { worth, min: { rowOf: least.of, lanes }, max: { rowOf: of, lanes }, method: "shared" };
}

/** The components of the nodes, -1 for those that reach a condition, and how many these are. */
function withoutDirty({ of, count }: Components, sets: WordSets): { readonly of: Int32Array; readonly dirty: number } {
  const isDirty = new Uint8Array(count);
  for (let c = 0; c < count; c++) isDirty[c] = sets.reachesCondition(c) ? 1 : 0;
  const kept = of.slice();
  let dirty = 0;
  for (let node = 0; node < kept.length; node++) {
    if (isDirty[kept[node]!] === 0) continue;
    kept[node] = -1;
    dirty++;
  }
  return { of: kept, dirty };
}

function denseStats(graph: CompactGraph, bound: Bound): BoundStats {
  const items = reachItems(graph);
  const components = controlComponents(graph, bound);
  const lanes = denseBlocks(condense(graph, components, { bound, items }), items);
  addOwnLevels(graph, items, { rowOf: components.of, lanes });
  return { rowOf: components.of, lanes };
}

/** An asset that nothing reaches as administrator has no item for that level; its own row lacks the difference. */
function addOwnLevels({ nodeCount, weights }: CompactGraph, items: ReachItems, { rowOf, lanes }: BoundStats): void {
  const { firstItem, itemsAt, recordOf, records, laneCount } = items;
  for (let node = 0; node < nodeCount; node++) {
    if (firstItem[node]! < 0) continue;
    let worth = 0;
    for (let each = 0; each < itemsAt[node * 3 + 2]!; each++) worth += records[recordOf[firstItem[node]! + each]! * laneCount]!;
    lanes[rowOf[node]! * laneCount]! += 10 * weights[node]! - worth;
  }
}

function hasConditions({ nodeCount, offsets, tags }: CompactGraph): boolean {
  const conditional = notControl.min & ~notControl.max;
  for (let e = 0; e < offsets[nodeCount]!; e++) if ((tags[e]! & conditional) !== 0) return true;
  return false;
}

/** Radius by node, the node itself left out. */
export function radiusColumn({ worth, ...stats }: ReachStats, bound: Bound): Float64Array {
  const { rowOf, lanes } = stats[bound];
  const { assetOf, weights, laneCount } = worth;
  const radii = new Float64Array(rowOf.length);
  for (let node = 0; node < radii.length; node++)
    radii[node] = lanes[rowOf[node]! * laneCount]! - (assetOf[node]! < 0 ? 0 : 10 * weights[assetOf[node]!]!);
  return radii;
}
