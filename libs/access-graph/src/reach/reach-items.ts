import { identityFlag, pointsMask, tierZeroFlag } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import { column, columnsOf, laneCountOf, perLane, sensitiveFromWeight } from "./worth.ts";

/**
 * What a reach set is made of. Levels are nested, so an asset is one item per level at which anything reaches it, worth
 * the difference to the level below: the union of items then takes the maximum level by itself. Each identity is one more.
 *
 * What a set is worth is a few sums, the lanes: the radius, and counts of which two share a lane. Adding a record adds
 * them all.
 */
export interface ReachItems {
  readonly count: number;
  /** Items from here on are identities. */
  readonly firstIdentity: number;
  /** By node: its first item, or -1. An asset's items follow one another, lowest level first. */
  readonly firstItem: Int32Array;
  /** By node: how many of its items are gained with 5, 8 and 10 points: `itemsAt[node * 3 + levelOf(points)]`. */
  readonly itemsAt: Uint8Array;
  readonly identityItem: Int32Array;
  /** By item: which record it adds. */
  readonly recordOf: Int32Array;
  /** `laneCount` numbers per record. */
  readonly records: Float64Array;
  readonly laneCount: number;
}

/** 5, 8 and 10 points as 0, 1 and 2. */
export const levelOf = (given: number): 0 | 1 | 2 => (given >= 10 ? 2 : given >= 8 ? 1 : 0);

const points = [5, 8, 10] as const;

/** `allLevels` keeps an item for each level even where nothing reaches it, for graphs whose edges will change. */
export function reachItems(graph: CompactGraph, { allLevels = false }: { readonly allLevels?: boolean } = {}): ReachItems {
  const { nodeCount, weights, flags } = graph;
  const used = allLevels ? new Uint8Array(nodeCount).fill(7) : levelsInUse(graph);
  const records = new Records(graph);
  const firstItem = new Int32Array(nodeCount).fill(-1);
  const identityItem = new Int32Array(nodeCount).fill(-1);
  const itemsAt = new Uint8Array(nodeCount * 3);
  const recordOf = new Int32Array(nodeCount * 4);
  let count = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (weights[node] === 0) continue;
    // Nothing reaches it: it is an item all the same, in its own set.
    const mask = used[node] === 0 ? 4 : used[node]!;
    firstItem[node] = count;
    let [below, items] = [0, 0];
    for (let level = 0; level < 3; level++) {
      if ((mask >> level) & 1) {
        recordOf[count++] = records.ofAsset(node, points[level]! - below, items === 0);
        below = points[level]!;
        items++;
      }
      itemsAt[node * 3 + level] = items;
    }
  }
  const firstIdentity = count;
  const ofIdentity = records.ofIdentity();
  for (let node = 0; node < nodeCount; node++) {
    if ((flags[node]! & identityFlag) === 0) continue;
    identityItem[node] = count;
    recordOf[count++] = ofIdentity;
  }
  const { laneCount } = records;
  return {
    count,
    firstIdentity,
    firstItem,
    itemsAt,
    identityItem,
    recordOf: recordOf.slice(0, count),
    records: Float64Array.from(records.values),
    laneCount,
  };
}

/** Per node, bit 0, 1, 2 set when some edge gives 5, 8, 10 points on it; control gives 10. */
function levelsInUse({ nodeCount, offsets, targets, tags }: CompactGraph): Uint8Array {
  const used = new Uint8Array(nodeCount);
  const bit = Uint8Array.from({ length: 16 }, (_, given) => (given === 0 ? 4 : 1 << levelOf(given)));
  const edgeCount = offsets[nodeCount]!;
  for (let e = 0; e < edgeCount; e++) used[targets[e]!]! |= bit[tags[e]! & pointsMask]!;
  return used;
}

/** Items that add the same share a record. */
class Records {
  readonly values: number[] = [];
  readonly laneCount: number;
  readonly #graph: CompactGraph;
  readonly #numbers = new Map<number, number>();

  constructor(graph: CompactGraph) {
    this.#graph = graph;
    this.laneCount = laneCountOf(graph);
  }

  ofIdentity = (): number => this.#record(-1, 0, [column.identities]);

  /** `counts`: the asset is counted once, with its lowest level. */
  ofAsset(node: number, worth: number, counts: boolean): number {
    const { weights, flags, environmentOf } = this.#graph;
    const radius = weights[node]! * worth;
    if (!counts) return this.#record(radius * 8, radius, []);
    const tierZero = (flags[node]! & tierZeroFlag) !== 0;
    const environment = environmentOf[node]!;
    return this.#record(
      ((environment + 1) * 2048 + radius) * 8 + (weights[node]! >= sensitiveFromWeight ? 2 : 0) + (tierZero ? 1 : 0) + 4,
      radius,
      columnsOf(this.#graph, node),
    );
  }

  #record(key: number, radius: number, columns: readonly number[]): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#numbers.set(key, (number = this.#numbers.size));
      const lanes = new Array<number>(this.laneCount).fill(0);
      lanes[0] = radius;
      for (const each of columns) lanes[1 + (each >> 1)]! += (each & 1) === 0 ? 1 : perLane;
      this.values.push(...lanes);
    }
    return number;
  }
}
