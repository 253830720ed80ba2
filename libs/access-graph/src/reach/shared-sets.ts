import type { Condensation } from "./condensation.ts";
import type { ReachItems } from "./reach-items.ts";

const chunkBits = 4096;
const chunkWords = chunkBits / 32;

/** A large set as chunks that other sets may share; a chunk is copied before its first change (copy on write). */
interface HubSet {
  readonly id: number;
  readonly chunks: (Uint32Array | undefined)[];
  readonly stats: Float64Array;
}

/** What a component reaches: a shared hub set, plus items outside it. */
interface ReachSet {
  readonly hub: HubSet | null;
  readonly extras: Int32Array;
}

export interface SetLimits {
  /** Above this many own items a set becomes a hub that others can share. */
  readonly maxExtras: number;
  /** Give up (null) when the chunks take more memory than this, in bytes. */
  readonly maxBytes: number;
}

export const defaultSetLimits: SetLimits = { maxExtras: 256, maxBytes: 192 * 1024 * 1024 };

const empty = new Int32Array(0);

/**
 * Exact statistics of every component's reach set, one row each, in one pass from the sinks upwards.
 * Null when the sets share too little to fit in memory: the caller then uses `denseBlocks`.
 */
export function sharedSets(graph: Condensation, items: ReachItems, limits: SetLimits = defaultSetLimits): Float64Array | null {
  const pool = new HubPool(items);
  const sets: ReachSet[] = new Array<ReachSet>(graph.count);
  const stats = new Float64Array(graph.count * items.statCount);
  const stamp = new Int32Array(items.count).fill(-1);
  const scratch: number[] = [];
  for (let c = 0; c < graph.count; c++) {
    const set = uniteComponent(graph, c, { sets, pool, stamp, scratch, limits });
    sets[c] = set;
    const row = stats.subarray(c * items.statCount, (c + 1) * items.statCount);
    if (set.hub !== null) row.set(set.hub.stats);
    for (const item of set.extras) items.addTo(row, item, 1);
    if (pool.bytes > limits.maxBytes) return null;
  }
  return stats;
}

interface Work {
  readonly sets: readonly ReachSet[];
  readonly pool: HubPool;
  readonly stamp: Int32Array;
  readonly scratch: number[];
  readonly limits: SetLimits;
}

function uniteComponent(graph: Condensation, c: number, { sets, pool, stamp, scratch, limits }: Work): ReachSet {
  const [firstSuccessor, endSuccessor] = [graph.successorOffsets[c]!, graph.successorOffsets[c + 1]!];
  const [firstItem, endItem] = [graph.itemOffsets[c]!, graph.itemOffsets[c + 1]!];
  if (firstItem === endItem && endSuccessor - firstSuccessor === 1) return sets[graph.successors[firstSuccessor]!]!;
  let hub: HubSet | null = null;
  for (let s = firstSuccessor; s < endSuccessor; s++) {
    const other = sets[graph.successors[s]!]!.hub;
    if (other !== null) hub = hub === null ? other : pool.union(hub, other);
  }
  scratch.length = 0;
  const take = (item: number): void => {
    if (stamp[item] === c) return;
    stamp[item] = c;
    if (hub === null || !has(hub, item)) scratch.push(item);
  };
  for (let i = firstItem; i < endItem; i++) take(graph.items[i]!);
  for (let s = firstSuccessor; s < endSuccessor; s++) for (const item of sets[graph.successors[s]!]!.extras) take(item);
  if (scratch.length > limits.maxExtras) return { hub: pool.withItems(hub, scratch), extras: empty };
  return { hub, extras: scratch.length === 0 ? empty : Int32Array.from(scratch) };
}

const has = (hub: HubSet, item: number): boolean => {
  const chunk = hub.chunks[Math.trunc(item / chunkBits)];
  return chunk !== undefined && ((chunk[(item % chunkBits) >>> 5]! >>> (item & 31)) & 1) === 1;
};

class HubPool {
  bytes = 0;
  readonly #items: ReachItems;
  readonly #chunkCount: number;
  readonly #unions = new Map<number, Map<number, HubSet>>();
  #created = 0;

  constructor(items: ReachItems) {
    this.#items = items;
    this.#chunkCount = Math.ceil(items.count / chunkBits);
  }

  withItems(base: HubSet | null, added: readonly number[]): HubSet {
    const hub = this.#copy(base);
    const mine = new Set<number>();
    for (const item of added) {
      this.#writable(hub, Math.trunc(item / chunkBits), mine)[(item % chunkBits) >>> 5]! |= 1 << (item & 31);
      this.#items.addTo(hub.stats, item, 1);
    }
    return hub;
  }

  /** Memoised: thousands of components unite the same two hubs. */
  union(a: HubSet, b: HubSet): HubSet {
    if (a === b) return a;
    const [low, high] = a.id < b.id ? [a, b] : [b, a];
    let row = this.#unions.get(low.id);
    if (row === undefined) this.#unions.set(low.id, (row = new Map()));
    let result = row.get(high.id);
    if (result === undefined) row.set(high.id, (result = this.#unite(low, high)));
    return result;
  }

  #unite(a: HubSet, b: HubSet): HubSet {
    if (includes(a, b)) return a;
    if (includes(b, a)) return b;
    const hub = this.#copy(a);
    const mine = new Set<number>();
    for (let k = 0; k < this.#chunkCount; k++) {
      const chunk = b.chunks[k];
      if (chunk === undefined || chunk === hub.chunks[k]) continue;
      for (let w = 0; w < chunkWords; w++) {
        let fresh = chunk[w]! & ~(hub.chunks[k]?.[w] ?? 0);
        if (fresh === 0) continue;
        this.#writable(hub, k, mine)[w]! |= fresh;
        while (fresh !== 0) {
          const bit = 31 - Math.clz32(fresh);
          this.#items.addTo(hub.stats, k * chunkBits + w * 32 + bit, 1);
          fresh &= ~(1 << bit);
        }
      }
    }
    return hub;
  }

  #copy(base: HubSet | null): HubSet {
    this.bytes += this.#chunkCount * 8 + this.#items.statCount * 8;
    return {
      id: this.#created++,
      chunks: base === null ? new Array<Uint32Array | undefined>(this.#chunkCount).fill(undefined) : [...base.chunks],
      stats: base === null ? new Float64Array(this.#items.statCount) : base.stats.slice(),
    };
  }

  #writable(hub: HubSet, k: number, mine: Set<number>): Uint32Array {
    const chunk = hub.chunks[k];
    if (chunk !== undefined && mine.has(k)) return chunk;
    mine.add(k);
    this.bytes += chunkWords * 4;
    return (hub.chunks[k] = chunk === undefined ? new Uint32Array(chunkWords) : chunk.slice());
  }
}

function includes(large: HubSet, small: HubSet): boolean {
  for (let k = 0; k < small.chunks.length; k++) {
    const [chunk, other] = [small.chunks[k], large.chunks[k]];
    if (chunk === undefined || chunk === other) continue;
    if (other === undefined) return false;
    for (let w = 0; w < chunkWords; w++) if ((chunk[w]! & ~other[w]!) !== 0) return false;
  }
  return true;
}
