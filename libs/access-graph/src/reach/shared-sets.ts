import type { Condensation } from "./condensation.ts";
import { HubPool } from "./hub-pool.ts";
import { minLanes } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";

export interface SetLimits {
  /** Above this many own items a set becomes a hub that others can share. */
  readonly maxExtras: number;
  /** Give up when sets take more memory than this, in bytes. */
  readonly maxBytes: number;
  /** Give up when sharing has cost this part of what dense rows would cost. */
  readonly maxWork: number;
}

export const defaultSetLimits: SetLimits = { maxExtras: 256, maxBytes: 192 * 1024 * 1024, maxWork: 0.1 };

/** A set that few will ask for is not written down: it is read off the component's row and its successors' sets each time. */
const unwritten = -2;
const maxReaders = 2;

/**
 * The reach set of every component: a hub that others share, and items outside it. Components are added from the sinks
 * upwards; what each set is worth is a row of `lanes`.
 */
export class SharedSets {
  lanes = new Float64Array(0);
  readonly #items: ReachItems;
  readonly #limits: SetLimits;
  readonly #pool: HubPool;
  /** By component: its hub, -1 for none, or `unwritten`. */
  #hubOf = new Int32Array(0);
  #start = new Int32Array(0);
  #end = new Int32Array(0);
  #ids = new Int32Array(4096);
  #idCount = 0;
  /** Rows of all condensations so far, by component. */
  #itemRows = new Rows();
  #successorRows = new Rows();
  /** By item and by component: the component whose set took it last. */
  readonly #taken: Int32Array;
  #visited = new Int32Array(0);
  #scratch = new Int32Array(4096);
  #parts = new Int32Array(64);
  #partCount = 0;
  #scanned = 0;

  constructor(items: ReachItems, limits: SetLimits = defaultSetLimits) {
    this.#items = items;
    this.#limits = limits;
    this.#pool = new HubPool(items);
    this.#taken = new Int32Array(items.count).fill(-1);
  }

  /** False when sharing does not pay: the rows are then incomplete. */
  add(graph: Condensation): boolean {
    const { first, count, fanIn } = graph;
    this.#grow(graph);
    const rows = count - first;
    const denseWork = (Math.ceil(this.#items.count / 32) + 64) * (rows + graph.successorOffsets[rows]!);
    const maxWork = Math.max(2_000_000, this.#limits.maxWork * denseWork);
    for (let c = first; c < count; c++) {
      const from = this.#successorRows.offsets[c]!;
      if (this.#isSink(c) && this.#itemRows.offsets[c + 1]! - this.#itemRows.offsets[c]! <= this.#limits.maxExtras) {
        this.#countSink(c);
        continue;
      }
      const only = this.#successorRows.offsets[c + 1]! - from === 1 ? this.#successorRows.values[from]! : -1;
      const simple = only >= 0 && (this.#hubOf[only]! >= -1 || this.#isSink(only));
      if (simple && this.#hubOf[only]! >= -1 && this.#itemRows.offsets[c] === this.#itemRows.offsets[c + 1]) this.#alias(c, only);
      else if (simple && fanIn[c]! <= maxReaders) this.#countOnTop(c, only);
      else this.#unite(c, fanIn[c]!);
      if (this.#pool.bytes + this.#idCount * 4 > this.#limits.maxBytes || this.#pool.work + this.#scanned > maxWork) return false;
    }
    return true;
  }

  #isSink(c: number): boolean {
    return this.#successorRows.offsets[c] === this.#successorRows.offsets[c + 1];
  }

  /** Most resources, and identities that are granted everything by themselves. */
  #countSink(c: number): void {
    const { offsets, values } = this.#itemRows;
    const [start, end] = [offsets[c]!, offsets[c + 1]!];
    const scratch = this.#room(end - start);
    for (let i = start; i < end; i++) scratch[i - start] = values[i]!;
    this.#hubOf[c] = unwritten;
    this.#count(c, end - start);
  }

  #alias(c: number, other: number): void {
    this.#hubOf[c] = this.#hubOf[other]!;
    this.#start[c] = this.#start[other]!;
    this.#end[c] = this.#end[other]!;
    this.#copyRow(c, other);
  }

  #copyRow(c: number, other: number): void {
    const { laneCount } = this.#items;
    const [to, from] = [c * laneCount, other * laneCount];
    for (let lane = 0; lane < laneCount; lane++) this.lanes[to + lane] = this.lanes[from + lane]!;
  }

  /** Most identities: all they have beside one group or role is themselves and a few resources. */
  #countOnTop(c: number, other: number): void {
    this.#copyRow(c, other);
    const { offsets, values } = this.#itemRows;
    const hub = this.#hubOf[other]!;
    const [theirs, start, end] =
      hub === unwritten ? [values, offsets[other]!, offsets[other + 1]!] : [this.#ids, this.#start[other]!, this.#end[other]!];
    const scratch = this.#room(offsets[c + 1]! - offsets[c]!);
    let count = 0;
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      const item = values[i]!;
      // Whoever controls a component is not in its set, or both would be one component.
      if (item < this.#items.firstIdentity) {
        if (hub >= 0 && this.#pool.has(hub, item)) continue;
        let at = start;
        while (at < end && theirs[at] !== item) at++;
        this.#scanned += at - start;
        if (at < end) continue;
      }
      scratch[count++] = item;
    }
    this.#count(c, count);
    this.#hubOf[c] = unwritten;
  }

  #unite(c: number, readers: number): void {
    const hub = this.#collect(c);
    const direct = this.#partCount === this.#successorRows.offsets[c + 1]! - this.#successorRows.offsets[c]!;
    // Read off its row it must stay cheap: its successors are written down, and few will read it.
    const stays = readers === 0 || (readers <= maxReaders && direct);
    const base = stays ? this.#largestPart(hub) : -1;
    const count = this.#gather(c, hub, base);
    if (base >= 0) this.#copyRow(c, base);
    else if (hub >= 0) this.lanes.set(this.#pool.lanes[hub]!, c * this.#items.laneCount);
    this.#count(c, count);
    this.#hubOf[c] = unwritten;
    if (stays) return;
    const large = count > this.#limits.maxExtras;
    this.#hubOf[c] = large ? this.#pool.withItems(hub, this.#scratch, count) : hub;
    this.#write(c, large ? 0 : count);
  }

  /** The written set with most items outside the hub, if it has the same hub: what it is worth need not be added up again. */
  #largestPart(hub: number): number {
    let [largest, size] = [-1, 0];
    for (let p = 0; p < this.#partCount; p++) {
      const part = this.#parts[p]!;
      if (this.#hubOf[part] !== hub || this.#end[part]! - this.#start[part]! <= size) continue;
      [largest, size] = [part, this.#end[part]! - this.#start[part]!];
    }
    return largest;
  }

  /** Lists the written sets below c in `#parts` and unites their hubs; marks the unwritten components on the way. */
  #collect(c: number): number {
    const { offsets, values } = this.#successorRows;
    let [hub, pending] = [-1, 0];
    this.#partCount = 0;
    const stack = this.#room(64);
    stack[pending++] = c;
    while (pending > 0) {
      const at = stack[--pending]!;
      if (pending + offsets[at + 1]! - offsets[at]! > this.#scratch.length) return this.#collectDeep(c);
      for (let s = offsets[at]!; s < offsets[at + 1]!; s++) {
        const next = values[s]!;
        if (this.#visited[next] === c) continue;
        this.#visited[next] = c;
        const theirs = this.#hubOf[next]!;
        this.#part(next);
        if (theirs === unwritten) stack[pending++] = next;
        else if (theirs >= 0) hub = hub < 0 ? theirs : this.#pool.union(hub, theirs);
      }
    }
    return hub;
  }

  #collectDeep(c: number): number {
    this.#room(this.#scratch.length * 2);
    for (let i = 0; i < this.#partCount; i++) this.#visited[this.#parts[i]!] = -1;
    return this.#collect(c);
  }

  #part(c: number): void {
    if (this.#partCount === this.#parts.length) this.#parts = wider(this.#parts, new Int32Array(this.#partCount * 2));
    this.#parts[this.#partCount++] = c;
  }

  /** Puts the items of c's set that neither the hub nor the part `base` has into the scratch; returns how many. */
  #gather(c: number, hub: number, base: number): number {
    const { offsets, values } = this.#itemRows;
    let most = offsets[c + 1]! - offsets[c]!;
    for (let p = 0; p < this.#partCount; p++) {
      const part = this.#parts[p]!;
      most += this.#hubOf[part] === unwritten ? offsets[part + 1]! - offsets[part]! : this.#end[part]! - this.#start[part]!;
    }
    this.#scanned += most;
    const [scratch, stamps, pool, ids] = [this.#room(most), this.#taken, this.#pool, this.#ids];
    if (base >= 0) for (let i = this.#start[base]!, end = this.#end[base]!; i < end; i++) stamps[ids[i]!] = c;
    let count = 0;
    for (let p = -1; p < this.#partCount; p++) {
      const part = p === -1 ? c : this.#parts[p]!;
      if (part === base) continue;
      const offRow = p === -1 || this.#hubOf[part] === unwritten;
      const from = offRow ? values : ids;
      const end = offRow ? offsets[part + 1]! : this.#end[part]!;
      for (let i = offRow ? offsets[part]! : this.#start[part]!; i < end; i++) {
        const item = from[i]!;
        if (stamps[item] === c) continue;
        stamps[item] = c;
        if (hub < 0 || !pool.has(hub, item)) scratch[count++] = item;
      }
    }
    return count;
  }

  /** Adds the first `count` items of the scratch to the row of c. */
  #count(c: number, count: number): void {
    const { laneCount, recordOf, records } = this.#items;
    const [lanes, scratch, row] = [this.lanes, this.#scratch, c * laneCount];
    let [a, b, d, e, f] = [lanes[row]!, lanes[row + 1]!, lanes[row + 2]!, lanes[row + 3]!, lanes[row + 4]!];
    for (let i = 0; i < count; i++) {
      const record = recordOf[scratch[i]!]! * laneCount;
      a += records[record]!;
      b += records[record + 1]!;
      d += records[record + 2]!;
      e += records[record + 3]!;
      f += records[record + 4]!;
    }
    lanes[row] = a;
    lanes[row + 1] = b;
    lanes[row + 2] = d;
    lanes[row + 3] = e;
    lanes[row + 4] = f;
    for (let lane = minLanes; lane < laneCount; lane++)
      for (let i = 0; i < count; i++) lanes[row + lane]! += records[recordOf[scratch[i]!]! * laneCount + lane]!;
  }

  #write(c: number, count: number): void {
    if (this.#idCount + count > this.#ids.length)
      this.#ids = wider(this.#ids, new Int32Array(Math.max(this.#ids.length * 2, this.#idCount + count)));
    this.#ids.set(this.#scratch.subarray(0, count), this.#idCount);
    this.#start[c] = this.#idCount;
    this.#end[c] = this.#idCount += count;
  }

  #room(count: number): Int32Array {
    if (count > this.#scratch.length) this.#scratch = wider(this.#scratch, new Int32Array(count * 2));
    return this.#scratch;
  }

  #grow({ first, count, itemOffsets, items, successorOffsets, successors }: Condensation): void {
    this.lanes = wider(this.lanes, new Float64Array(count * this.#items.laneCount));
    this.#hubOf = wider(this.#hubOf, new Int32Array(count).fill(-1));
    this.#start = wider(this.#start, new Int32Array(count));
    this.#end = wider(this.#end, new Int32Array(count));
    this.#visited = wider(this.#visited, new Int32Array(count).fill(-1));
    this.#itemRows.append(itemOffsets, items, first);
    this.#successorRows.append(successorOffsets, successors, first);
  }
}

/** Rows that follow one another; the first condensation's arrays are used as they are. */
class Rows {
  offsets = new Int32Array(1);
  values = new Int32Array(0);

  append(offsets: Int32Array, values: Int32Array, first: number): void {
    if (first === 0) {
      this.offsets = offsets as Int32Array<ArrayBuffer>;
      this.values = values as Int32Array<ArrayBuffer>;
      return;
    }
    const [base, rows] = [this.offsets[first]!, offsets.length - 1];
    this.offsets = wider(this.offsets.subarray(0, first + 1), new Int32Array(first + rows + 1));
    for (let row = 1; row <= rows; row++) this.offsets[first + row] = base + offsets[row]!;
    this.values = wider(this.values.subarray(0, base), new Int32Array(base + offsets[rows]!));
    this.values.set(values.subarray(0, offsets[rows]), base);
  }
}

function wider<T extends { readonly length: number; set(values: T): void }>(array: T, larger: T): T {
  if (array.length > 0) larger.set(array);
  return larger;
}
