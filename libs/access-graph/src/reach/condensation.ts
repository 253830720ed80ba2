import { conditionalTag, notControl, pointsMask } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { Components } from "./components.ts";
import type { Bound } from "./graph-index.ts";
import { levelOf } from "./reach-items.ts";
import type { ReachItems } from "./reach-items.ts";

/** One row per component from `first` on: the components it controls next, and the items it reaches without leaving itself. */
export interface Condensation {
  readonly first: number;
  /** One more than the last component's number. */
  readonly count: number;
  readonly successorOffsets: Int32Array;
  /** Distinct per row; always smaller than the row's own number. */
  readonly successors: Int32Array;
  readonly itemOffsets: Int32Array;
  /** Distinct per row. */
  readonly items: Int32Array;
  /** By component below `count`: how many rows have it as a successor. */
  readonly fanIn: Int32Array;
  /** By row: 1 when a conditional edge leaves the component or one that it reaches in the graph of this bound. */
  readonly reachesCondition: Uint8Array;
}

interface Subject {
  readonly bound: Bound;
  readonly items: ReachItems;
}

export function condense(graph: CompactGraph, components: Components, subject: Subject): Condensation {
  const { count, first, members, starts } = components;
  const work = new Condenser(graph, components, subject);
  const rows = count - first;
  const successorOffsets = new Int32Array(rows + 1);
  const itemOffsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const [begin, end] = [starts[row]!, starts[row + 1]!];
    if (end - begin === 1) work.addAlone(row, members[begin]!);
    else for (let m = begin; m < end; m++) work.addMember(row, members[m]!);
    successorOffsets[row + 1] = work.successorCount;
    itemOffsets[row + 1] = work.itemCount;
  }
  const { successors, items, fanIn, reachesCondition } = work;
  return { first, count, successorOffsets, successors, itemOffsets, items, fanIn, reachesCondition };
}

/** Rows up to this long are searched for repetitions; longer ones are stamped. */
const shortRow = 8;

class Condenser {
  successors: Int32Array;
  items: Int32Array;
  successorCount = 0;
  itemCount = 0;
  readonly fanIn: Int32Array;
  readonly reachesCondition: Uint8Array;
  readonly #graph: CompactGraph;
  readonly #components: Components;
  readonly #items: ReachItems;
  readonly #successorStamp: Int32Array;
  readonly #itemStamp: Int32Array;
  readonly #skip: number;
  readonly #control: number;
  readonly #levels = Uint8Array.from({ length: 16 }, (_, points) => levelOf(points));

  constructor(graph: CompactGraph, components: Components, { bound, items }: Subject) {
    const { count, first, starts } = components;
    this.#graph = graph;
    this.#components = components;
    this.#items = items;
    this.#successorStamp = new Int32Array(count).fill(-1);
    this.#itemStamp = new Int32Array(items.count).fill(-1);
    this.#skip = bound === "min" ? conditionalTag : 0;
    this.#control = notControl[bound];
    this.fanIn = new Int32Array(count);
    this.reachesCondition = new Uint8Array(count - first);
    const share = starts[count - first]! / Math.max(1, graph.nodeCount);
    const edges = Math.ceil(graph.offsets[graph.nodeCount]! * share) + 1024;
    this.successors = new Int32Array(edges);
    this.items = new Int32Array(edges + starts[count - first]!);
  }

  /** The usual case: a component of one node, mostly with a handful of edges. */
  addAlone(row: number, node: number): void {
    const { offsets, targets, tags } = this.#graph;
    const [begin, end] = [offsets[node]!, offsets[node + 1]!];
    if (end - begin > shortRow) {
      this.addMember(row, node);
      return;
    }
    this.#makeRoom(end - begin);
    const { of, first } = this.#components;
    const { firstItem, itemsAt } = this.#items;
    const { successors, items } = this;
    const [firstSuccessor, firstOwn] = [this.successorCount, this.itemCount];
    this.#addOwn(node);
    let [condition, count, own] = [0, firstSuccessor, this.itemCount];
    for (let e = begin; e < end; e++) {
      const tag = tags[e]!;
      condition |= tag & conditionalTag;
      if ((tag & this.#skip) !== 0) continue;
      const target = targets[e]!;
      if ((tag & this.#control) === 0) {
        const next = of[target]!;
        let s = firstSuccessor;
        while (s < count && successors[s] !== next) s++;
        if (s < count || target === node) continue;
        successors[count++] = next;
        this.fanIn[next]!++;
        if (next >= first) condition |= this.reachesCondition[next - first]!;
        continue;
      }
      const item = firstItem[target]!;
      if (item < 0) continue;
      for (let each = item, last = item + itemsAt[target * 3 + this.#levels[tag & pointsMask]!]!; each < last; each++) {
        let i = firstOwn;
        while (i < own && items[i] !== each) i++;
        if (i === own) items[own++] = each;
      }
    }
    this.successorCount = count;
    this.itemCount = own;
    this.reachesCondition[row] = condition === 0 ? 0 : 1;
  }

  addMember(row: number, node: number): void {
    const { offsets, targets, tags } = this.#graph;
    const [begin, end] = [offsets[node]!, offsets[node + 1]!];
    this.#makeRoom(end - begin);
    const { of, first } = this.#components;
    const { firstItem, itemsAt } = this.#items;
    const { successors, items } = this;
    const c = first + row;
    const firstOwn = this.itemCount;
    this.#addOwn(node);
    let own = firstOwn;
    // An earlier member may have access to this one.
    for (let i = firstOwn; i < this.itemCount; i++) {
      const item = items[i]!;
      if (this.#itemStamp[item] === c) continue;
      this.#itemStamp[item] = c;
      items[own++] = item;
    }
    let [condition, count] = [0, this.successorCount];
    for (let e = begin; e < end; e++) {
      const tag = tags[e]!;
      condition |= tag & conditionalTag;
      if ((tag & this.#skip) !== 0) continue;
      const target = targets[e]!;
      if ((tag & this.#control) === 0) {
        const next = of[target]!;
        if (next === c || this.#successorStamp[next] === c) continue;
        this.#successorStamp[next] = c;
        successors[count++] = next;
        this.fanIn[next]!++;
        if (next >= first) condition |= this.reachesCondition[next - first]!;
        continue;
      }
      const item = firstItem[target]!;
      if (item < 0) continue;
      for (let each = item, last = item + itemsAt[target * 3 + this.#levels[tag & pointsMask]!]!; each < last; each++) {
        if (this.#itemStamp[each] === c) continue;
        this.#itemStamp[each] = c;
        items[own++] = each;
      }
    }
    this.successorCount = count;
    this.itemCount = own;
    if (condition !== 0) this.reachesCondition[row] = 1;
  }

  #addOwn(node: number): void {
    const { firstItem, itemsAt, identityItem } = this.#items;
    if (identityItem[node]! >= 0) this.items[this.itemCount++] = identityItem[node]!;
    const item = firstItem[node]!;
    if (item < 0) return;
    for (let each = item, last = item + itemsAt[node * 3 + 2]!; each < last; each++) this.items[this.itemCount++] = each;
  }

  /** For a node's own items and for whatever its edges can add. */
  #makeRoom(edges: number): void {
    if (this.successorCount + edges > this.successors.length) this.successors = grown(this.successors, this.successorCount + edges);
    if (this.itemCount + 4 + 3 * edges > this.items.length) this.items = grown(this.items, this.itemCount + 4 + 3 * edges);
  }
}

function grown(array: Int32Array, atLeast: number): Int32Array {
  const larger = new Int32Array(Math.max(atLeast, array.length + (array.length >> 1)));
  larger.set(array);
  return larger;
}
