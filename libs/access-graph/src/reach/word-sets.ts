import { conditionalTag, noGraph, notControl, pointsMask } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { Components } from "./components.ts";
import type { Bound } from "./graph-index.ts";
import { wider } from "./rows.ts";
import { defaultSetLimits } from "./shared-sets.ts";
import type { SetLimits } from "./shared-sets.ts";
import { usualWork, workBesideDense } from "./sharing-budget.ts";
import { WordPool } from "./word-pool.ts";
import { bitCount, bitsOfPoints, pointsOfBits, wordLayout } from "./words.ts";
import type { WordLayout } from "./words.ts";
import { addOwnShare, minLanes, perLane, reachWorth } from "./worth.ts";
import type { ReachWorth } from "./worth.ts";

/** A set that few will ask for is not written down: it is read off the graph and the sets of its successors each time. */
const unwritten = -2;
const maxReaders = 2;
const placeSize = 4;
/** What has more successors is costly to read off the graph, and is asked for again in the graph with conditions. */
const maxUnwritten = 64;

/**
 * The reach set of every component: a large set that others share, and words beside it. Components are gone through from the
 * sinks upwards; what each set is worth is a row of `lanes`. A full computation in one pass over the edges, kept for nothing else.
 */
export class WordSets {
  /** Never used: when a class has no instance left, V8 forgets their layout and all code compiled for it, and from then on looks private fields up. */
  static readonly alive = new WordSets(noGraph, reachWorth(noGraph), defaultSetLimits);
  lanes = new Float64Array(0);
  readonly #graph: CompactGraph;
  readonly #layout: WordLayout;
  readonly #limits: SetLimits;
  readonly #pool: WordPool;
  /** By component four numbers, side by side for the cache: its large set (-1 for none, or `unwritten`), where its words start and end, and whether it reaches a condition. */
  #place = new Int32Array(0);
  /** Words and their bits by turns. Arrays that grow start small, so that they grow before anything is compiled: code compiled while they were always the same is thrown away when they change. */
  #pairs = new Int32Array(1 << 8);
  #pairCount = 0;
  /** By word: the bits of the set that is being made, beside the large one. All zero in between. */
  readonly #bits: Int32Array;
  /** Words of it that its base does not have. */
  #touched = new Int32Array(1 << 6);
  #touchedCount = 0;
  /** By component: the last union that took it. */
  #visited = new Int32Array(0);
  #unions = 0;
  #parts = new Int32Array(1 << 6);
  #partCount = 0;
  /** What comes from edges and members: words and bits by turns. */
  #found = new Int32Array(1 << 6);
  #foundCount = 0;
  #scanned = 0;
  /** No integer at first, or what was compiled for integers is thrown away with the first large graph. */
  #workPerBound = Infinity;
  /** The components that keep their numbers, then those that are being added. */
  #kept: Components | null = null;
  #components!: Components;
  #skip = 0;
  #control = 0;

  constructor(graph: CompactGraph, worth: ReachWorth, limits: SetLimits) {
    this.#graph = graph;
    this.#layout = wordLayout(worth);
    this.#limits = limits;
    this.#pool = new WordPool(this.#layout);
    this.#bits = new Int32Array(this.#layout.count);
  }

  /** False when sharing does not pay: the rows are then incomplete. */
  add(components: Components, bound: Bound): boolean {
    const { first, count, readers } = components;
    this.#kept = first > 0 ? this.#components : null;
    this.#components = components;
    this.#skip = bound === "min" ? conditionalTag : 0;
    this.#control = notControl[bound];
    this.lanes = wider(this.lanes, new Float64Array(count * this.#layout.worth.laneCount));
    this.#place = wider(this.#place, new Int32Array(count * placeSize));
    this.#visited = wider(this.#visited, new Int32Array(count));
    if (first === 0) this.#workPerBound = workBesideDense(components, this.#layout.count, this.#limits);
    for (let c = first; c < count; c++) {
      this.#compute(c, readers[c - first]!);
      if ((c & 63) === 0 && this.#isTooMuch((c - first) / (count - first))) return false;
    }
    return true;
  }

  /** Where sets are alike, steps go with the edges that were passed; more than that only while it is little beside dense rows. */
  #isTooMuch(share: number): boolean {
    const before = this.#kept === null ? 0 : 1;
    const usual = usualWork(this.#graph.targets.length, before, share);
    return this.bytes > this.#limits.maxBytes || this.work > Math.max(usual, (before + 1) * this.#workPerBound);
  }

  /** Whether a conditional edge leaves the component or one that it reaches in the graph of its bound. */
  reachesCondition(c: number): boolean {
    return this.#place[c * placeSize + 3] !== 0;
  }

  /** Steps taken so far: words and edges looked at. */
  get work(): number {
    return this.#pool.work + this.#scanned;
  }

  get bytes(): number {
    return this.#pool.bytes + this.#pairCount * 4;
  }

  #compute(c: number, readers: number): void {
    this.#foundCount = this.#partCount = 0;
    const place = c * placeSize;
    if (this.#countAlone(c)) return;
    this.#visited[c] = ++this.#unions;
    let condition = this.#scan(c);
    const direct = this.#partCount;
    for (let p = 0; p < direct; p++) condition |= this.#place[this.#parts[p]! * placeSize + 3]!;
    this.#place[place + 3] = condition;
    if (direct === 1 && this.#foundCount === 0 && this.#place[this.#parts[0]! * placeSize]! !== unwritten) {
      this.#alias(c, this.#parts[0]!);
      return;
    }
    const hub = this.#expand();
    const base = this.#largestPart(hub);
    const row = c * this.#layout.worth.laneCount;
    if (base >= 0) this.#copyRow(row, base * this.#layout.worth.laneCount);
    else if (hub >= 0) this.lanes.set(this.#pool.lanes[hub]!, row);
    this.#unite(hub, base, row);
    // Read off the graph it must stay cheap: its successors are written down, and few will read it.
    const stays = direct <= maxUnwritten && (readers === 0 || (readers <= maxReaders && direct === this.#partCount));
    if (stays) this.#place[place] = unwritten;
    else this.#write(place, hub, base);
    this.#clear(base);
  }

  /** A component of one node that no edge leaves, as most resources are. */
  #countAlone(c: number): boolean {
    const { members, starts, first } = this.#components;
    const at = starts[c - first]!;
    if (starts[c - first + 1]! - at !== 1) return false;
    const node = members[at]!;
    if (this.#graph.offsets[node] !== this.#graph.offsets[node + 1]) return false;
    this.#place[c * placeSize] = unwritten;
    addOwnShare(this.#layout.worth, node, this.lanes, c * this.#layout.worth.laneCount);
    return true;
  }

  #alias(c: number, other: number): void {
    const to = c * placeSize;
    const from = other * placeSize;
    for (let each = 0; each < 3; each++) this.#place[to + each] = this.#place[from + each]!;
    const { laneCount } = this.#layout.worth;
    this.#copyRow(c * laneCount, other * laneCount);
  }

  #copyRow(to: number, from: number): void {
    const { lanes } = this;
    const { laneCount } = this.#layout.worth;
    for (let lane = 0; lane < laneCount; lane++) lanes[to + lane] = lanes[from + lane]!;
  }

  /** Puts what the members of a component are and have access to into `#found`, and what they control next and was not met yet into `#parts`. */
  #scan(c: number): number {
    const isNew = c >= this.#components.first;
    const { members, starts, first } = isNew ? this.#components : this.#kept!;
    let condition = 0;
    for (let m = starts[c - first]!, end = starts[c - first + 1]!; m < end; m++)
      condition |= isNew && this.#kept !== null && this.#isKnown(members[m]!) ? this.#scanRest(members[m]!) : this.#scanNode(members[m]!);
    return condition;
  }

  /** Whether what the node reaches without conditions is written down: then that is a part, and only conditions can add to it. */
  #isKnown(node: number): boolean {
    const before = this.#kept!.of[node]!;
    if (this.#place[before * placeSize] === unwritten) return false;
    if (this.#visited[before] === this.#unions) return true;
    this.#visited[before] = this.#unions;
    this.#roomParts(1)[this.#partCount++] = before;
    return true;
  }

  #scanNode(node: number): number {
    const { offsets, targets, tags } = this.#graph;
    const { of } = this.#components;
    const { worth, firstIdentityWord } = this.#layout;
    const begin = offsets[node]!;
    const end = offsets[node + 1]!;
    const found = this.#roomFound(2 * (end - begin) + 4);
    const parts = this.#roomParts(end - begin);
    const visited = this.#visited;
    const union = this.#unions;
    const skip = this.#skip;
    const control = this.#control;
    const assetOf = worth.assetOf;
    let count = this.#foundCount;
    let partCount = this.#partCount;
    let condition = 0;
    const identity = worth.identityOf[node]!;
    if (identity >= 0) {
      found[count++] = firstIdentityWord + (identity >>> 5);
      found[count++] = 1 << (identity & 31);
    }
    const own = assetOf[node]!;
    if (own >= 0) {
      found[count++] = own >>> 3;
      found[count++] = 7 << ((own & 7) << 2);
    }
    for (let e = begin; e < end; e++) {
      const tag = tags[e]!;
      condition |= tag & conditionalTag;
      if ((tag & skip) !== 0) continue;
      if ((tag & control) === 0) {
        const next = of[targets[e]!]!;
        if (visited[next] === union) continue;
        visited[next] = union;
        parts[partCount++] = next;
        continue;
      }
      const asset = assetOf[targets[e]!]!;
      if (asset < 0) continue;
      found[count++] = asset >>> 3;
      found[count++] = bitsOfPoints[tag & pointsMask]! << ((asset & 7) << 2);
    }
    this.#foundCount = count;
    this.#partCount = partCount;
    this.#scanned += end - begin;
    return condition;
  }

  /** As `#scanNode`, conditional edges and whoever reaches one. */
  #scanRest(node: number): number {
    const { offsets, targets, tags } = this.#graph;
    const { of, first } = this.#components;
    const begin = offsets[node]!;
    const end = offsets[node + 1]!;
    const found = this.#roomFound(2 * (end - begin));
    const parts = this.#roomParts(end - begin);
    for (let e = begin; e < end; e++) {
      const tag = tags[e]!;
      if ((tag & this.#control) === 0) {
        const next = of[targets[e]!]!;
        if (this.#visited[next] === this.#unions || (next < first && (tag & conditionalTag) === 0)) continue;
        this.#visited[next] = this.#unions;
        parts[this.#partCount++] = next;
      } else if ((tag & conditionalTag) !== 0) {
        const asset = this.#layout.worth.assetOf[targets[e]!]!;
        if (asset < 0) continue;
        found[this.#foundCount++] = asset >>> 3;
        found[this.#foundCount++] = bitsOfPoints[tag & pointsMask]! << ((asset & 7) << 2);
      }
    }
    this.#scanned += end - begin;
    return conditionalTag;
  }

  /** Reads the unwritten parts and lists what is below them too; unites the large sets of the others. */
  #expand(): number {
    let hub = -1;
    for (let p = 0; p < this.#partCount; p++) {
      const part = this.#parts[p]!;
      const theirs = this.#place[part * placeSize]!;
      if (theirs === unwritten) this.#scan(part);
      else if (theirs >= 0) hub = hub < 0 ? theirs : this.#pool.union(hub, theirs);
    }
    return hub;
  }

  /** The written part with most words beside its large set, if that is the whole one: what it is worth need not be added up again. */
  #largestPart(hub: number): number {
    let largest = -1;
    let size = 0;
    for (let p = 0; p < this.#partCount; p++) {
      const at = this.#parts[p]! * placeSize;
      if (this.#place[at] !== hub || this.#place[at + 2]! - this.#place[at + 1]! <= size) continue;
      largest = this.#parts[p]!;
      size = this.#place[at + 2]! - this.#place[at + 1]!;
    }
    return largest;
  }

  /** Adds up what comes to the base; words that it does not have are in `#touched`. */
  #unite(hub: number, base: number, row: number): void {
    const bits = this.#bits;
    const place = this.#place;
    const pairs = this.#pairs;
    if (base >= 0)
      for (let i = place[base * placeSize + 1]!, end = place[base * placeSize + 2]!; i < end; i += 2) bits[pairs[i]!] = pairs[i + 1]!;
    this.#touchedCount = 0;
    this.#addWords(this.#found, 0, this.#foundCount, hub, row);
    for (let p = 0; p < this.#partCount; p++) {
      const part = this.#parts[p]!;
      const at = part * placeSize;
      if (part !== base && place[at] !== unwritten) this.#addWords(pairs, place[at + 1]!, place[at + 2]!, hub, row);
    }
  }

  #addWords(words: Int32Array, start: number, end: number, hub: number, row: number): void {
    if (start === end) return;
    const bits = this.#bits;
    const pool = this.#pool;
    const lanes = this.lanes;
    const { worth, firstIdentityWord } = this.#layout;
    const { weights, recordOf, records, laneCount } = worth;
    const touched = this.#roomTouched((end - start) >> 1);
    let count = this.#touchedCount;
    let identities = 0;
    let radius = 0;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = start; i < end; i += 2) {
      const word = words[i]!;
      const had = bits[word]!;
      let fresh = words[i + 1]! & ~had;
      if (fresh === 0 || (hub >= 0 && (fresh &= ~pool.wordOf(hub, word)) === 0)) continue;
      if (had === 0) touched[count++] = word;
      bits[word] = had | fresh;
      if (word >= firstIdentityWord) {
        identities += bitCount(fresh);
        continue;
      }
      while (fresh !== 0) {
        const shift = (31 - Math.clz32(fresh)) & 28;
        const own = (fresh >>> shift) & 15;
        fresh &= ~(15 << shift);
        const asset = (word << 3) + (shift >> 2);
        radius += weights[asset]! * pointsOfBits[own]!;
        if ((own & 1) === 0) continue;
        const record = recordOf[asset]!;
        a += records[record + 1]!;
        b += records[record + 2]!;
        c += records[record + 3]!;
        d += records[record + 4]!;
        for (let lane = minLanes; lane < laneCount; lane++) lanes[row + lane]! += records[record + lane]!;
      }
    }
    this.#touchedCount = count;
    this.#scanned += (end - start) >> 1;
    lanes[row]! += radius;
    lanes[row + 1]! += a + identities * perLane;
    lanes[row + 2]! += b;
    lanes[row + 3]! += c;
    lanes[row + 4]! += d;
  }

  #write(place: number, hub: number, base: number): void {
    const touched = this.#touchedCount;
    const from = base < 0 ? 0 : this.#place[base * placeSize + 1]!;
    const to = base < 0 ? 0 : this.#place[base * placeSize + 2]!;
    const size = to - from + 2 * touched;
    const large = size > 2 * this.#limits.maxExtras;
    if (large) this.#roomFound(size - this.#foundCount);
    else this.#roomPairs(size);
    const into = large ? this.#found : this.#pairs;
    const start = large ? 0 : this.#pairCount;
    let at = start;
    const bits = this.#bits;
    for (let i = from; i < to; i += 2) {
      into[at++] = this.#pairs[i]!;
      into[at++] = bits[this.#pairs[i]!]!;
    }
    for (let t = 0; t < touched; t++) {
      into[at++] = this.#touched[t]!;
      into[at++] = bits[this.#touched[t]!]!;
    }
    this.#place[place] = large ? this.#pool.withWords(hub, into, at) : hub;
    if (large) return;
    this.#place[place + 1] = start;
    this.#place[place + 2] = this.#pairCount = at;
  }

  #clear(base: number): void {
    const bits = this.#bits;
    const pairs = this.#pairs;
    const touched = this.#touched;
    const end = base < 0 ? 0 : this.#place[base * placeSize + 2]!;
    for (let i = base < 0 ? 0 : this.#place[base * placeSize + 1]!; i < end; i += 2) bits[pairs[i]!] = 0;
    for (let t = 0, count = this.#touchedCount; t < count; t++) bits[touched[t]!] = 0;
  }

  #roomFound(more: number): Int32Array {
    if (this.#foundCount + more > this.#found.length) this.#found = wider(this.#found, new Int32Array(2 * (this.#foundCount + more)));
    return this.#found;
  }

  #roomParts(more: number): Int32Array {
    if (this.#partCount + more > this.#parts.length) this.#parts = wider(this.#parts, new Int32Array(2 * (this.#partCount + more)));
    return this.#parts;
  }

  #roomTouched(more: number): Int32Array {
    const count = this.#touchedCount + more;
    if (count > this.#touched.length) this.#touched = wider(this.#touched, new Int32Array(2 * count));
    return this.#touched;
  }

  #roomPairs(more: number): void {
    if (this.#pairCount + more > this.#pairs.length)
      this.#pairs = wider(this.#pairs, new Int32Array(Math.max(2 * this.#pairs.length, this.#pairCount + more)));
  }
}
