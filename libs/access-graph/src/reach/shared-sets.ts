import type { Condensation } from "./condensation.ts";
import { HubPool } from "./hub-pool.ts";
import type { ReachItems } from "./reach-items.ts";
import { Rows, wider } from "./rows.ts";
import { minLanes } from "./worth.ts";

export interface SetLimits {
  /** Above this many own items a set becomes a hub that others can share. */
  readonly maxExtras: number;
  /** Give up when sets take more memory than this, in bytes. */
  readonly maxBytes: number;
  /** Give up when sharing has cost this part of what dense rows would cost. */
  readonly maxWork: number;
  /** Components with more successors than this have their set written down even if few will ask for it. */
  readonly maxUnwritten?: number;
}

export const defaultSetLimits: SetLimits = { maxExtras: 256, maxBytes: 192 * 1024 * 1024, maxWork: 0.02 };

/** A set that few will ask for is not written down: it is read off the component's row and its successors' sets each time. */
const unwritten = -2;
const maxReaders = 2;
const placeSize = 4;

/**
 * The reach set of every component: a hub that others share, and items outside it. Components are added from the sinks
 * upwards; what each set is worth is a row of `lanes`.
 */
export class SharedSets {
  lanes = new Float64Array(0);
  readonly #items: ReachItems;
  readonly #limits: SetLimits;
  readonly #pool: HubPool;
  /** Per component four numbers, side by side for the cache: its hub (-1 for none, or `unwritten`), where its ids start and end, and where the room after them ends if they are its own. */
  #place = new Int32Array(0);
  #ids = new Int32Array(4096);
  #idCount = 0;
  /** Ids from here on belong to one component alone and may be changed in place. */
  #firstOwnId = 0;
  /** Rows of all condensations so far, by component. */
  #itemRows = new Rows();
  #successorRows = new Rows();
  /** By item and by component: the last union that took it. */
  readonly #taken: Int32Array;
  #visited = new Int32Array(0);
  #scratch = new Int32Array(4096);
  #parts = new Int32Array(64);
  #partCount = 0;
  #scanned = 0;
  #unions = 0;

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
    const maxWork = Math.max(1_000_000, this.#limits.maxWork * denseWork);
    for (let c = first; c < count; c++) {
      this.#place[c * placeSize] = -1;
      this.#compute(c, fanIn[c]!);
      if (this.bytes > this.#limits.maxBytes || this.work > maxWork) return false;
    }
    this.#share();
    return true;
  }

  /** Steps taken so far: words, positions and items looked at. */
  get work(): number {
    return this.#pool.work + this.#scanned;
  }

  /** Bytes that sets take which are written down, old ones included. */
  get bytes(): number {
    return this.#pool.bytes + this.#idCount * 4;
  }

  /** Gives a component other successors and items; its set and those above it are then to be computed again. */
  replaceRow(c: number, successors: readonly number[], items: readonly number[]): void {
    this.#successorRows.replace(c, successors);
    this.#itemRows.replace(c, items);
  }

  successorCount(c: number): number {
    return this.#successorRows.bounds[2 * c + 1]! - this.#successorRows.bounds[2 * c]!;
  }

  /** Whether some successor has the item, those left out that `isLost` says have lost it. */
  successorHolds(c: number, item: number, isLost: (successor: number) => boolean): boolean {
    const { bounds, values } = this.#successorRows;
    for (let at = bounds[2 * c]!, end = bounds[2 * c + 1]!; at < end; at++)
      if (!isLost(values[at]!) && this.holds(values[at]!, item)) return true;
    return false;
  }

  holds(c: number, item: number): boolean {
    const hub = this.#place[c * placeSize]!;
    if (hub !== unwritten) {
      const [start, end] = [this.#place[c * placeSize + 1]!, this.#place[c * placeSize + 2]!];
      return (hub >= 0 && this.#pool.has(hub, item)) || contains(this.#ids, { start, end }, item);
    }
    const { bounds, values } = this.#itemRows;
    return contains(values, { start: bounds[2 * c]!, end: bounds[2 * c + 1]! }, item) || this.successorHolds(c, item, never);
  }

  /** The component itself has got an item, or has it no longer; to be told beside `change`. */
  changeRow(c: number, item: number, adding: boolean): void {
    if (adding) this.#itemRows.push(c, item);
    else this.#itemRows.drop(c, item);
  }

  /** One item comes to a set that lacks it, or leaves a set that has it. A set shared with others becomes the component's own first. */
  change(c: number, item: number, adding: boolean): void {
    const { laneCount, recordOf, records } = this.#items;
    const [row, record] = [c * laneCount, recordOf[item]! * laneCount];
    for (let lane = 0; lane < laneCount; lane++) this.lanes[row + lane]! += adding ? records[record + lane]! : -records[record + lane]!;
    const hub = this.#place[c * placeSize]!;
    if (hub === unwritten) return;
    if (!adding && hub >= 0 && this.#pool.has(hub, item)) {
      this.#place[c * placeSize] = this.#pool.edited(hub, item, false);
      return;
    }
    const size = this.#ownIds(c);
    const start = this.#place[c * placeSize + 1]!;
    const ids = this.#ids;
    if (!adding) {
      ids[ids.indexOf(item, start)] = ids[start + size - 1]!;
      this.#place[c * placeSize + 2] = start + size - 1;
    } else if (size < this.#limits.maxExtras) {
      ids[start + size] = item;
      this.#place[c * placeSize + 2] = start + size + 1;
    } else if (hub >= 0) this.#place[c * placeSize] = this.#pool.edited(hub, item, true);
    else this.#place[c * placeSize] = this.#pool.withItems(-1, Int32Array.of(item), 1);
  }

  /** Sees to it that the ids of c are nobody else's and have room for one more, if they may be one more; returns how many there are. */
  #ownIds(c: number): number {
    const [start, end] = [this.#place[c * placeSize + 1]!, this.#place[c * placeSize + 2]!];
    const size = end - start;
    const room = Math.min(this.#limits.maxExtras, (size & ~15) + 16);
    if (start >= this.#firstOwnId && end < this.#place[c * placeSize + 3]!) return size;
    if (start >= this.#firstOwnId && size === this.#limits.maxExtras) return size;
    this.#reserveIds(room);
    this.#ids.copyWithin(this.#idCount, start, end);
    this.#place[c * placeSize + 1] = this.#idCount;
    this.#place[c * placeSize + 2] = this.#idCount + size;
    this.#place[c * placeSize + 3] = this.#idCount += room;
    return size;
  }

  /** From now on everything may be shared. */
  #share(): void {
    this.#firstOwnId = this.#idCount;
    this.#pool.share();
  }

  /** Computes one set again, after those below it. True when it is worth something else now. */
  recompute(c: number, readers: number): boolean {
    const { laneCount } = this.#items;
    const before = this.lanes.slice(c * laneCount, (c + 1) * laneCount);
    this.lanes.fill(0, c * laneCount, (c + 1) * laneCount);
    this.#compute(c, readers);
    this.#share();
    return before.some((lane, index) => lane !== this.lanes[c * laneCount + index]);
  }

  #compute(c: number, readers: number): void {
    const [from, to] = [this.#successorRows.bounds[2 * c]!, this.#successorRows.bounds[2 * c + 1]!];
    const own = this.#itemRows.bounds[2 * c + 1]! - this.#itemRows.bounds[2 * c]!;
    if (from === to && own <= this.#limits.maxExtras) {
      this.#countSink(c);
      return;
    }
    const only = to - from === 1 ? this.#successorRows.values[from]! : -1;
    const written = only >= 0 && this.#place[only * placeSize]! >= -1;
    if (written && own === 0) this.#alias(c, only);
    else if ((written || (only >= 0 && this.#isSink(only))) && readers <= maxReaders) this.#countOnTop(c, only);
    else this.#unite(c, readers);
  }

  #isSink(c: number): boolean {
    return this.#successorRows.bounds[2 * c] === this.#successorRows.bounds[2 * c + 1]!;
  }

  /** Most resources, and identities that are granted everything by themselves. */
  #countSink(c: number): void {
    const { bounds, values } = this.#itemRows;
    const [start, end] = [bounds[2 * c]!, bounds[2 * c + 1]!];
    const scratch = this.#room(end - start);
    for (let i = start; i < end; i++) scratch[i - start] = values[i]!;
    this.#place[c * placeSize] = unwritten;
    this.#count(c, end - start);
  }

  #alias(c: number, other: number): void {
    this.#place[c * placeSize] = this.#place[other * placeSize]!;
    this.#place[c * placeSize + 1] = this.#place[other * placeSize + 1]!;
    this.#place[c * placeSize + 2] = this.#place[other * placeSize + 2]!;
    this.#copyRow(c, other);
  }

  #copyRow(c: number, other: number): void {
    const { laneCount } = this.#items;
    const [to, from] = [c * laneCount, other * laneCount];
    for (let lane = 0; lane < laneCount; lane++) this.lanes[to + lane] = this.lanes[from + lane]!;
  }

  /** Most identities: all they have beside one group or role is themselves and a few resources. */
  #countOnTop(c: number, other: number): void {
    const union = ++this.#unions;
    this.#copyRow(c, other);
    const { bounds, values } = this.#itemRows;
    const hub = this.#place[other * placeSize]!;
    const [theirs, start, end] =
      hub === unwritten
        ? [values, bounds[2 * other]!, bounds[2 * other + 1]!]
        : [this.#ids, this.#place[other * placeSize + 1]!, this.#place[other * placeSize + 2]!];
    const scratch = this.#room(bounds[2 * c + 1]! - bounds[2 * c]!);
    const stamps = this.#taken;
    // Either way is right; which is quicker depends on how much there is to compare.
    const stamped = bounds[2 * c + 1]! - bounds[2 * c]! > 3 && end - start > 8;
    if (stamped) for (let i = start; i < end; i++) stamps[theirs[i]!] = union;
    let count = 0;
    for (let i = bounds[2 * c]!; i < bounds[2 * c + 1]!; i++) {
      const item = values[i]!;
      // Whoever controls a component is not in its set, or both would be one component.
      if (item < this.#items.firstIdentity) {
        if (hub >= 0 && this.#pool.has(hub, item)) continue;
        if (stamped ? stamps[item] === union : contains(theirs, { start, end }, item)) continue;
      }
      scratch[count++] = item;
    }
    this.#scanned += end - start;
    this.#count(c, count);
    this.#place[c * placeSize] = unwritten;
  }

  #unite(c: number, readers: number): void {
    const hub = this.#collect(c);
    const successors = this.successorCount(c);
    const direct = this.#partCount === successors;
    // Read off its row it must stay cheap: its successors are written down, and few will read it.
    const stays = successors <= (this.#limits.maxUnwritten ?? Infinity) && (readers === 0 || (readers <= maxReaders && direct));
    const base = stays ? this.#largestPart(hub) : -1;
    const count = this.#gather(c, hub, base);
    if (base >= 0) this.#copyRow(c, base);
    else if (hub >= 0) this.lanes.set(this.#pool.lanes[hub]!, c * this.#items.laneCount);
    this.#count(c, count);
    this.#place[c * placeSize] = unwritten;
    if (stays) return;
    const large = count > this.#limits.maxExtras;
    this.#place[c * placeSize] = large ? this.#pool.withItems(hub, this.#scratch, count) : hub;
    this.#write(c, large ? 0 : count);
  }

  /** The written set with most items outside the hub, if it has the same hub: what it is worth need not be added up again. */
  #largestPart(hub: number): number {
    let [largest, size] = [-1, 0];
    for (let p = 0; p < this.#partCount; p++) {
      const part = this.#parts[p]!;
      if (this.#place[part * placeSize] !== hub || this.#place[part * placeSize + 2]! - this.#place[part * placeSize + 1]! <= size)
        continue;
      [largest, size] = [part, this.#place[part * placeSize + 2]! - this.#place[part * placeSize + 1]!];
    }
    return largest;
  }

  /** Lists the written sets below c in `#parts` and unites their hubs; marks the unwritten components on the way. */
  #collect(c: number): number {
    const union = ++this.#unions;
    const { bounds, values } = this.#successorRows;
    let [hub, pending] = [-1, 0];
    this.#partCount = 0;
    const stack = this.#room(64);
    stack[pending++] = c;
    while (pending > 0) {
      const at = stack[--pending]!;
      if (pending + bounds[2 * at + 1]! - bounds[2 * at]! > this.#scratch.length) return this.#collectDeep(c);
      for (let s = bounds[2 * at]!; s < bounds[2 * at + 1]!; s++) {
        const next = values[s]!;
        if (this.#visited[next] === union) continue;
        this.#visited[next] = union;
        const theirs = this.#place[next * placeSize]!;
        this.#part(next);
        if (theirs === unwritten) stack[pending++] = next;
        else if (theirs >= 0) hub = hub < 0 ? theirs : this.#pool.union(hub, theirs);
      }
    }
    return hub;
  }

  #collectDeep(c: number): number {
    this.#room(this.#scratch.length * 2);
    return this.#collect(c);
  }

  #part(c: number): void {
    if (this.#partCount === this.#parts.length) this.#parts = wider(this.#parts, new Int32Array(this.#partCount * 2));
    this.#parts[this.#partCount++] = c;
  }

  /** Puts the items of c's set that neither the hub nor the part `base` has into the scratch; returns how many. */
  #gather(c: number, hub: number, base: number): number {
    const union = this.#unions;
    const { bounds, values } = this.#itemRows;
    let most = bounds[2 * c + 1]! - bounds[2 * c]!;
    for (let p = 0; p < this.#partCount; p++) {
      const part = this.#parts[p]!;
      most +=
        this.#place[part * placeSize] === unwritten
          ? bounds[2 * part + 1]! - bounds[2 * part]!
          : this.#place[part * placeSize + 2]! - this.#place[part * placeSize + 1]!;
    }
    this.#scanned += most;
    const [scratch, stamps, pool, ids] = [this.#room(most), this.#taken, this.#pool, this.#ids];
    if (base >= 0)
      for (let i = this.#place[base * placeSize + 1]!, end = this.#place[base * placeSize + 2]!; i < end; i++) stamps[ids[i]!] = union;
    let count = 0;
    for (let p = -1; p < this.#partCount; p++) {
      const part = p === -1 ? c : this.#parts[p]!;
      if (part === base) continue;
      const offRow = p === -1 || this.#place[part * placeSize] === unwritten;
      const from = offRow ? values : ids;
      const end = offRow ? bounds[2 * part + 1]! : this.#place[part * placeSize + 2]!;
      for (let i = offRow ? bounds[2 * part]! : this.#place[part * placeSize + 1]!; i < end; i++) {
        const item = from[i]!;
        if (stamps[item] === union) continue;
        stamps[item] = union;
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
    this.#reserveIds(count);
    this.#ids.set(this.#scratch.subarray(0, count), this.#idCount);
    this.#place[c * placeSize + 1] = this.#idCount;
    this.#place[c * placeSize + 2] = this.#idCount += count;
  }

  #reserveIds(count: number): void {
    if (this.#idCount + count > this.#ids.length)
      this.#ids = wider(this.#ids, new Int32Array(Math.max(this.#ids.length * 2, this.#idCount + count)));
  }

  #room(count: number): Int32Array {
    if (count > this.#scratch.length) this.#scratch = wider(this.#scratch, new Int32Array(count * 2));
    return this.#scratch;
  }

  #grow({ count, itemOffsets, items, successorOffsets, successors }: Condensation): void {
    this.lanes = wider(this.lanes, new Float64Array(count * this.#items.laneCount));
    this.#place = wider(this.#place, new Int32Array(count * placeSize));
    this.#visited = wider(this.#visited, new Int32Array(count).fill(-1));
    this.#itemRows.append(itemOffsets, items);
    this.#successorRows.append(successorOffsets, successors);
  }
}

const never = (): boolean => false;

function contains(items: Int32Array, { start, end }: { readonly start: number; readonly end: number }, wanted: number): boolean {
  for (let at = start; at < end; at++) if (items[at] === wanted) return true;
  return false;
}
