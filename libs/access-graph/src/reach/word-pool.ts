import { addWord } from "./words.ts";
import type { WordLayout } from "./words.ts";

const chunkWords = 128;
const slabChunks = 1024;

/** Large sets as chunks of words that they share; a chunk is never changed once it is made. Sets go by number. */
export class WordPool {
  /** By set: what it is worth, one lane after the other. */
  readonly lanes: Float64Array[] = [];
  bytes = 0;
  /** Words looked at, for those who want to know whether sharing pays. */
  work = 0;
  /** By set: the chunk at each position; 0 = nothing there. */
  readonly #rows: Int32Array[] = [];
  readonly #slabs: Int32Array[] = [];
  /** By chunk: what it is worth. */
  readonly #chunkLanes: Float64Array[];
  readonly #chunkPosition: number[] = [0];
  readonly #layout: WordLayout;
  readonly #positions: number;
  readonly #unions = new Map<number, number>();
  #chunks = 1;

  constructor(layout: WordLayout) {
    this.#layout = layout;
    this.#positions = Math.ceil(layout.count / chunkWords);
    this.#chunkLanes = [new Float64Array(layout.worth.laneCount)];
  }

  wordOf(set: number, word: number): number {
    const chunk = this.#rows[set]![word >>> 7]!;
    return chunk === 0 ? 0 : this.#slabs[chunk >>> 10]![((chunk & 1023) << 7) + (word & 127)]!;
  }

  /** A new set: `base` (or nothing, -1) and the words that `added` names, each followed by its bits, up to `end`. */
  withWords(base: number, added: Int32Array, end: number): number {
    const row = base === -1 ? new Int32Array(this.#positions) : this.#rows[base]!.slice();
    const mine = this.#chunks;
    for (let i = 0; i < end; i += 2) {
      const word = added[i]!;
      const position = word >>> 7;
      if (row[position]! < mine) row[position] = this.#copyChunk(row[position]!, position);
      this.#insert(row[position]!, word, added[i + 1]!);
    }
    return this.#set(row);
  }

  /** Memoised: thousands of components unite the same two sets. */
  union(a: number, b: number): number {
    if (a === b) return a;
    const key = a < b ? a * 67_108_864 + b : b * 67_108_864 + a;
    let result = this.#unions.get(key);
    if (result === undefined) this.#unions.set(key, (result = this.#unite(a, b)));
    return result;
  }

  #unite(a: number, b: number): number {
    const x = this.#rows[a]!;
    const y = this.#rows[b]!;
    let inX = true;
    let inY = true;
    const row = new Int32Array(this.#positions);
    for (let k = 0; k < row.length; k++) {
      const p = x[k]!;
      const q = y[k]!;
      const merged = p === q || q === 0 ? p : p === 0 ? q : this.#mergeChunks(p, q);
      row[k] = merged;
      if (merged !== p) inX = false;
      if (merged !== q) inY = false;
    }
    this.work += row.length;
    return inX ? a : inY ? b : this.#set(row);
  }

  /** One of the two when it holds the other, else a new one. */
  #mergeChunks(p: number, q: number): number {
    const left = this.#slabs[p >>> 10]!;
    const right = this.#slabs[q >>> 10]!;
    const l = (p & 1023) << 7;
    const r = (q & 1023) << 7;
    let onlyLeft = 0;
    let onlyRight = 0;
    for (let w = 0; w < chunkWords; w++) {
      onlyLeft |= left[l + w]! & ~right[r + w]!;
      onlyRight |= right[r + w]! & ~left[l + w]!;
    }
    this.work += chunkWords;
    if (onlyRight === 0) return p;
    if (onlyLeft === 0) return q;
    const position = this.#chunkPosition[q]!;
    const merged = this.#copyChunk(p, position);
    for (let w = 0; w < chunkWords; w++) this.#insert(merged, (position << 7) + w, right[r + w]!);
    this.work += chunkWords;
    return merged;
  }

  #insert(chunk: number, word: number, bits: number): void {
    const words = this.#slabs[chunk >>> 10]!;
    const at = ((chunk & 1023) << 7) + (word & 127);
    const fresh = bits & ~words[at]!;
    if (fresh === 0) return;
    words[at]! |= bits;
    addWord(this.#layout, word, fresh, this.#chunkLanes[chunk]!, 0);
  }

  #copyChunk(chunk: number, position: number): number {
    const copy = this.#chunks++;
    if (copy >>> 10 === this.#slabs.length) this.#slabs.push(new Int32Array(slabChunks * chunkWords));
    this.bytes += chunkWords * 4;
    if (chunk !== 0) {
      const from = (chunk & 1023) << 7;
      this.#slabs[copy >>> 10]!.set(this.#slabs[chunk >>> 10]!.subarray(from, from + chunkWords), (copy & 1023) << 7);
    }
    this.#chunkLanes.push(this.#chunkLanes[chunk]!.slice());
    this.#chunkPosition.push(position);
    this.work += chunkWords;
    return copy;
  }

  #set(row: Int32Array): number {
    const lanes = new Float64Array(this.#layout.worth.laneCount);
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
