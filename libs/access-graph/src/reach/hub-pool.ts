import type { ReachItems } from "./reach-items.ts";

const chunkBits = 4096;
const chunkWords = chunkBits / 32;
const slabChunks = 1024;

/** Large sets as chunks that they share; a chunk is never changed once another set may hold it. Hubs go by number. */
export class HubPool {
  /** By hub: what its items are worth, `laneCount` numbers. */
  readonly lanes: Float64Array[] = [];
  bytes = 0;
  /** Words looked at, for those who want to know whether sharing pays. */
  work = 0;
  /** By hub: the chunk at each position; 0 = nothing there. */
  readonly #rows: Int32Array[] = [];
  readonly #slabs: Uint32Array[] = [];
  /** By chunk: what its items are worth. */
  readonly #chunkLanes: Float64Array[];
  readonly #chunkPosition: number[] = [0];
  readonly #items: ReachItems;
  readonly #positions: number;
  readonly #unions = new Map<number, number>();
  #chunks = 1;
  /** From these on, hubs belong to one component alone and chunks to one hub. */
  #firstOwnHub = 0;
  #firstOwnChunk = 1;

  constructor(items: ReachItems) {
    this.#items = items;
    this.#positions = Math.ceil(items.count / chunkBits);
    this.#chunkLanes = [new Float64Array(items.laneCount)];
  }

  has(hub: number, item: number): boolean {
    const chunk = this.#rows[hub]![item >>> 12]!;
    return chunk !== 0 && ((this.#slabs[chunk >>> 10]![((chunk & 1023) << 7) + ((item >>> 5) & 127)]! >>> (item & 31)) & 1) === 1;
  }

  /** A new hub: `base` (or nothing, -1) and the first `count` of `added`. */
  withItems(base: number, added: Int32Array, count: number): number {
    const row = base === -1 ? new Int32Array(this.#positions) : this.#rows[base]!.slice();
    const mine = this.#chunks;
    for (let i = 0; i < count; i++) {
      const item = added[i]!;
      const position = item >>> 12;
      if (row[position]! < mine) row[position] = this.#copyChunk(row[position]!);
      this.#insert(row[position]!, item);
    }
    return this.#hub(row);
  }

  /** The hub with one item more or less: itself when it was made so for one component and nobody shares it, else a new one. */
  edited(hub: number, item: number, adding: boolean): number {
    const mine = hub >= this.#firstOwnHub ? hub : this.#hub(this.#rows[hub]!.slice());
    const [row, position] = [this.#rows[mine]!, item >>> 12];
    if (row[position]! < this.#firstOwnChunk) row[position] = this.#copyChunk(row[position]!);
    const chunk = row[position]!;
    if (adding) this.#insert(chunk, item);
    else this.#slabs[chunk >>> 10]![((chunk & 1023) << 7) + ((item >>> 5) & 127)]! &= ~(1 << (item & 31));
    const { laneCount, records, recordOf } = this.#items;
    const record = recordOf[item]! * laneCount;
    for (let lane = 0; lane < laneCount; lane++) {
      this.lanes[mine]![lane]! += adding ? records[record + lane]! : -records[record + lane]!;
      if (!adding) this.#chunkLanes[chunk]![lane]! -= records[record + lane]!;
    }
    return mine;
  }

  /** Any hub may be in several sets from now on. */
  share(): void {
    this.#firstOwnHub = this.#rows.length;
    this.#firstOwnChunk = this.#chunks;
  }

  /** Memoised: thousands of components unite the same two hubs. */
  union(a: number, b: number): number {
    if (a === b) return a;
    const key = a < b ? a * 67_108_864 + b : b * 67_108_864 + a;
    let result = this.#unions.get(key);
    if (result === undefined) this.#unions.set(key, (result = this.#unite(a, b)));
    return result;
  }

  #unite(a: number, b: number): number {
    const [x, y] = [this.#rows[a]!, this.#rows[b]!];
    let [inX, inY] = [true, true];
    const row = new Int32Array(this.#positions);
    for (let k = 0; k < row.length; k++) {
      const [p, q] = [x[k]!, y[k]!];
      const merged = p === q || q === 0 ? p : p === 0 ? q : this.#mergeChunks(p, q);
      row[k] = merged;
      if (merged !== p) inX = false;
      if (merged !== q) inY = false;
    }
    this.work += row.length;
    return inX ? a : inY ? b : this.#hub(row);
  }

  /** One of the two when it holds the other, else a new one. */
  #mergeChunks(p: number, q: number): number {
    const [left, right] = [this.#slabs[p >>> 10]!, this.#slabs[q >>> 10]!];
    const [l, r] = [(p & 1023) << 7, (q & 1023) << 7];
    let [onlyLeft, onlyRight] = [0, 0];
    for (let w = 0; w < chunkWords; w++) {
      onlyLeft |= left[l + w]! & ~right[r + w]!;
      onlyRight |= right[r + w]! & ~left[l + w]!;
    }
    this.work += chunkWords;
    if (onlyRight === 0) return p;
    if (onlyLeft === 0) return q;
    const merged = this.#copyChunk(p);
    const [words, at] = [this.#slabs[merged >>> 10]!, (merged & 1023) << 7];
    const position = this.#chunkPosition[q]!;
    for (let w = 0; w < chunkWords; w++) {
      let fresh = right[r + w]! & ~words[at + w]!;
      while (fresh !== 0) {
        const bit = 31 - Math.clz32(fresh);
        this.#insert(merged, (position << 12) + (w << 5) + bit);
        fresh &= ~(1 << bit);
        this.work++;
      }
    }
    return merged;
  }

  #insert(chunk: number, item: number): void {
    this.#chunkPosition[chunk] = item >>> 12;
    const words = this.#slabs[chunk >>> 10]!;
    const at = ((chunk & 1023) << 7) + ((item >>> 5) & 127);
    if (((words[at]! >>> (item & 31)) & 1) === 1) return;
    words[at]! |= 1 << (item & 31);
    const { laneCount, records, recordOf } = this.#items;
    const [lanes, record] = [this.#chunkLanes[chunk]!, recordOf[item]! * laneCount];
    for (let lane = 0; lane < laneCount; lane++) lanes[lane]! += records[record + lane]!;
  }

  #copyChunk(chunk: number): number {
    const copy = this.#chunks++;
    if (copy >>> 10 === this.#slabs.length) this.#slabs.push(new Uint32Array(slabChunks * chunkWords));
    this.bytes += chunkWords * 4;
    if (chunk !== 0) {
      const from = (chunk & 1023) << 7;
      this.#slabs[copy >>> 10]!.set(this.#slabs[chunk >>> 10]!.subarray(from, from + chunkWords), (copy & 1023) << 7);
    }
    this.#chunkLanes.push(this.#chunkLanes[chunk]!.slice());
    this.#chunkPosition.push(this.#chunkPosition[chunk]!);
    this.work += chunkWords;
    return copy;
  }

  #hub(row: Int32Array): number {
    const lanes = new Float64Array(this.#items.laneCount);
    for (const chunk of row) {
      if (chunk === 0) continue;
      const part = this.#chunkLanes[chunk]!;
      for (let lane = 0; lane < lanes.length; lane++) lanes[lane]! += part[lane]!;
    }
    this.bytes += row.length * 4 + lanes.length * 8 + 96;
    this.work += row.length;
    this.#rows.push(row);
    this.lanes.push(lanes);
    return this.#rows.length - 1;
  }
}
