import type { Condensation } from "./condensation.ts";
import { HubPool } from "./hub-pool.ts";
import type { ReachItems } from "./reach-items.ts";

export interface SetLimits {
  /** Above this many own items a set becomes a hub that others can share. */
  readonly maxExtras: number;
  /** Give up when the chunks take more memory than this, in bytes. */
  readonly maxBytes: number;
  /** Give up when sharing has cost this part of what dense rows would cost. */
  readonly maxWork: number;
}

export const defaultSetLimits: SetLimits = { maxExtras: 256, maxBytes: 192 * 1024 * 1024, maxWork: 0.1 };

/** Exact statistics of reach sets, one row per component. */
export interface StatRows {
  readonly radius: Float64Array;
  /** `columnCount` numbers per row. */
  readonly counts: Int32Array;
}

/**
 * The reach set of every component: a hub that others share, and items outside it. Components are added from the sinks
 * upwards. Sets that nothing will ever ask for are counted but not kept.
 */
export class SharedSets {
  radius = new Float64Array(0);
  counts = new Int32Array(0);
  readonly #items: ReachItems;
  readonly #limits: SetLimits;
  readonly #pool: HubPool;
  #hubOf = new Int32Array(0);
  #start = new Int32Array(0);
  #end = new Int32Array(0);
  #ids = new Int32Array(4096);
  #idCount = 0;
  readonly #stamp: Int32Array;
  #scratch = new Int32Array(4096);
  #scanned = 0;

  constructor(items: ReachItems, limits: SetLimits = defaultSetLimits) {
    this.#items = items;
    this.#limits = limits;
    this.#pool = new HubPool(items);
    this.#stamp = new Int32Array(items.count).fill(-1);
  }

  /** `kept` by row: 0 = no other component will use its set. False when sharing does not pay: its rows are then incomplete. */
  add(graph: Condensation, kept: Uint8Array): boolean {
    this.#grow(graph.count);
    const { first, successorOffsets, successors, itemOffsets } = graph;
    const rows = graph.count - first;
    const denseWork = (Math.ceil(this.#items.count / 32) + 64) * (rows + successorOffsets[rows]!);
    const maxWork = Math.max(2_000_000, this.#limits.maxWork * denseWork);
    for (let row = 0; row < rows; row++) {
      const from = successorOffsets[row]!;
      const only = successorOffsets[row + 1]! - from === 1 ? successors[from]! : -1;
      if (only >= 0 && itemOffsets[row] === itemOffsets[row + 1]) this.#alias(first + row, only);
      else if (kept[row] === 0 && only >= 0) this.#countOnTop(graph, row, only);
      else this.#unite(graph, row, kept[row] === 1);
      if (this.#pool.bytes + this.#idCount * 4 > this.#limits.maxBytes || this.#pool.work + this.#scanned > maxWork) return false;
    }
    return true;
  }

  #alias(c: number, other: number): void {
    this.#hubOf[c] = this.#hubOf[other]!;
    this.#start[c] = this.#start[other]!;
    this.#end[c] = this.#end[other]!;
    this.#copyRow(c, other);
  }

  #copyRow(c: number, other: number): void {
    const { columnCount } = this.#items;
    this.radius[c] = this.radius[other]!;
    const [to, from] = [c * columnCount, other * columnCount];
    for (let i = 0; i < columnCount; i++) this.counts[to + i] = this.counts[from + i]!;
  }

  /** Most identities: nobody controls them, and all they have beside one group or role is themselves and a few resources. */
  #countOnTop(graph: Condensation, row: number, other: number): void {
    const c = graph.first + row;
    this.#copyRow(c, other);
    const [hub, start, end, ids] = [this.#hubOf[other]!, this.#start[other]!, this.#end[other]!, this.#ids];
    for (let i = graph.itemOffsets[row]!; i < graph.itemOffsets[row + 1]!; i++) {
      const item = graph.items[i]!;
      if (item < this.#items.firstIdentity) {
        if (hub >= 0 && this.#pool.has(hub, item)) continue;
        let at = start;
        while (at < end && ids[at] !== item) at++;
        this.#scanned += at - start;
        if (at < end) continue;
      }
      this.#count(c, item);
    }
  }

  #unite(graph: Condensation, row: number, keep: boolean): void {
    const { successorOffsets, successors, itemOffsets, items } = graph;
    const c = graph.first + row;
    const [firstSuccessor, endSuccessor] = [successorOffsets[row]!, successorOffsets[row + 1]!];
    let [hub, most] = [-1, itemOffsets[row + 1]! - itemOffsets[row]!];
    for (let s = firstSuccessor; s < endSuccessor; s++) {
      const other = successors[s]!;
      const theirs = this.#hubOf[other]!;
      if (theirs >= 0) hub = hub < 0 ? theirs : this.#pool.union(hub, theirs);
      most += this.#end[other]! - this.#start[other]!;
    }
    if (most > this.#scratch.length) this.#scratch = new Int32Array(most * 2);
    this.#scanned += most;
    const [scratch, stamp, ids, pool] = [this.#scratch, this.#stamp, this.#ids, this.#pool];
    let count = 0;
    for (let i = itemOffsets[row]!; i < itemOffsets[row + 1]!; i++) {
      const item = items[i]!;
      stamp[item] = c;
      if (hub < 0 || !pool.has(hub, item)) scratch[count++] = item;
    }
    for (let s = firstSuccessor; s < endSuccessor; s++) {
      const other = successors[s]!;
      for (let i = this.#start[other]!, end = this.#end[other]!; i < end; i++) {
        const item = ids[i]!;
        if (stamp[item] === c) continue;
        stamp[item] = c;
        if (hub < 0 || !pool.has(hub, item)) scratch[count++] = item;
      }
    }
    if (keep && count > this.#limits.maxExtras) {
      hub = pool.withItems(hub, scratch, count);
      count = 0;
    }
    this.#hubOf[c] = hub;
    if (hub >= 0) {
      this.radius[c] = pool.radius[hub]!;
      this.counts.set(pool.counts[hub]!, c * this.#items.columnCount);
    }
    for (let i = 0; i < count; i++) this.#count(c, scratch[i]!);
    if (keep) this.#keep(c, count);
  }

  #keep(c: number, count: number): void {
    if (this.#idCount + count > this.#ids.length) {
      const larger = new Int32Array(Math.max(this.#ids.length * 2, this.#idCount + count));
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#start[c] = this.#idCount;
    for (let i = 0; i < count; i++) this.#ids[this.#idCount++] = this.#scratch[i]!;
    this.#end[c] = this.#idCount;
  }

  #count(c: number, item: number): void {
    this.radius[c]! += this.#items.radiusOf[item]!;
    const columns = this.#items.columnsOfClass[this.#items.classOf[item]!]!;
    const base = c * this.#items.columnCount;
    for (let i = 0; i < columns.length; i++) this.counts[base + columns[i]!]!++;
  }

  #grow(count: number): void {
    const { columnCount } = this.#items;
    this.radius = widened(this.radius, new Float64Array(count));
    this.counts = widened(this.counts, new Int32Array(count * columnCount));
    this.#hubOf = widened(this.#hubOf, new Int32Array(count).fill(-1));
    this.#start = widened(this.#start, new Int32Array(count));
    this.#end = widened(this.#end, new Int32Array(count));
  }
}

function widened<T extends { readonly length: number; set(values: T): void }>(array: T, larger: T): T {
  if (array.length > 0) larger.set(array);
  return larger;
}
