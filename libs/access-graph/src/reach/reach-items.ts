import { identityFlag, pointsMask, tierZeroFlag } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";

/**
 * What a reach set is made of. Levels are nested, so an asset is one item per level at which anything reaches it, worth
 * the difference to the level below: the union of items then takes the maximum level by itself. Each identity is one more.
 */
export interface ReachItems {
  readonly count: number;
  /** Items from here on are identities. */
  readonly firstIdentity: number;
  /** Counts kept per set: the columns below, then one per environment. */
  readonly columnCount: number;
  /** By node: its first item, or -1. An asset's items follow one another, lowest level first. */
  readonly firstItem: Int32Array;
  /** By node: how many of its items are gained with 5, 8 and 10 points: `itemsAt[node * 3 + levelOf(points)]`. */
  readonly itemsAt: Uint8Array;
  readonly identityItem: Int32Array;
  /** By item: what it adds to the radius. */
  readonly radiusOf: Int32Array;
  /** By item: a position in `columnsOfClass`. */
  readonly classOf: Uint16Array;
  /** Columns that an item of the class adds one to. */
  readonly columnsOfClass: readonly Int32Array[];
}

export const column = { assets: 0, identities: 1, sensitive: 2, tierZero: 3, firstEnvironment: 4 } as const;

/** From this weight on an asset counts as sensitive (0-100). */
export const sensitiveFromWeight = 50;

/** 5, 8 and 10 points as 0, 1 and 2. */
export const levelOf = (given: number): 0 | 1 | 2 => (given >= 10 ? 2 : given >= 8 ? 1 : 0);

const points = [5, 8, 10] as const;

/** `allLevels` keeps an item for each level even where nothing reaches it, for graphs whose edges will change. */
export function reachItems(graph: CompactGraph, { allLevels = false }: { readonly allLevels?: boolean } = {}): ReachItems {
  const { nodeCount, weights, flags } = graph;
  const used = allLevels ? new Uint8Array(nodeCount).fill(7) : levelsInUse(graph);
  const classes = new Classes(graph);
  const firstItem = new Int32Array(nodeCount).fill(-1);
  const itemsAt = new Uint8Array(nodeCount * 3);
  const radius: number[] = [];
  const classOf: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    // Nothing reaches it: it is an item all the same, in its own set.
    const mask = used[node] === 0 ? 4 : used[node]!;
    if (weights[node] === 0) continue;
    firstItem[node] = radius.length;
    let [below, items] = [0, 0];
    for (let level = 0; level < 3; level++) {
      if ((mask >> level) & 1) {
        radius.push(weights[node]! * (points[level]! - below));
        classOf.push(items === 0 ? classes.ofAsset(node) : classes.ofRest);
        below = points[level]!;
        items++;
      }
      itemsAt[node * 3 + level] = items;
    }
  }
  const firstIdentity = radius.length;
  const identityItem = new Int32Array(nodeCount).fill(-1);
  let count = firstIdentity;
  for (let node = 0; node < nodeCount; node++) if ((flags[node]! & identityFlag) !== 0) identityItem[node] = count++;
  const [radiusOf, classNumbers] = [new Int32Array(count), new Uint16Array(count).fill(classes.ofIdentity)];
  radiusOf.set(radius);
  classNumbers.set(classOf);
  return {
    count,
    firstIdentity,
    columnCount: column.firstEnvironment + graph.environments.length,
    firstItem,
    itemsAt,
    identityItem,
    radiusOf,
    classOf: classNumbers,
    columnsOfClass: classes.columns,
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

/** Items that count alike share a class. */
class Classes {
  readonly columns: Int32Array[] = [new Int32Array(0), Int32Array.of(column.identities)];
  readonly ofRest = 0;
  readonly ofIdentity = 1;
  readonly #graph: CompactGraph;
  readonly #numbers = new Map<number, number>();

  constructor(graph: CompactGraph) {
    this.#graph = graph;
  }

  ofAsset(node: number): number {
    const { weights, flags, environmentOf } = this.#graph;
    const [sensitive, tierZero] = [weights[node]! >= sensitiveFromWeight, (flags[node]! & tierZeroFlag) !== 0];
    const key = (environmentOf[node]! + 1) * 4 + (sensitive ? 2 : 0) + (tierZero ? 1 : 0);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#numbers.set(key, (number = this.columns.length));
      this.columns.push(
        Int32Array.from([
          column.assets,
          ...(sensitive ? [column.sensitive] : []),
          ...(tierZero ? [column.tierZero] : []),
          ...(environmentOf[node]! >= 0 ? [column.firstEnvironment + environmentOf[node]!] : []),
        ]),
      );
    }
    return number;
  }
}
