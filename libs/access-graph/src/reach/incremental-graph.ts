import type { CompactGraph } from "./compact-graph.ts";

/** One edge of a compact graph. `tag` as there: access points or 0 for control, plus `conditionalTag`. */
export interface CompactEdge {
  readonly from: number;
  readonly to: number;
  readonly tag: number;
}

/** Gets the other end of an edge and its tag. */
export type Visit = (end: number, tag: number) => void;

type Attributes = Omit<CompactGraph, "offsets" | "targets" | "tags">;

/** A compact graph whose edges may change, to be asked in both directions. */
export class IncrementalGraph {
  readonly base: CompactGraph;
  readonly #outgoing: EdgeLists;
  readonly #incoming: EdgeLists;

  constructor(base: CompactGraph) {
    this.base = base;
    this.#outgoing = new EdgeLists({ offsets: base.offsets, ends: base.targets, tags: base.tags });
    this.#incoming = new EdgeLists(reversed(base));
  }

  /** Calls with target and tag of every edge that leaves the node. */
  each(node: number, visit: Visit): void {
    this.#outgoing.each(node, visit);
  }

  /** Calls with source and tag of every edge that arrives at the node. */
  eachTo(node: number, visit: Visit): void {
    this.#incoming.each(node, visit);
  }

  /** How many edges arrive at the node. */
  countTo(node: number): number {
    return this.#incoming.count(node);
  }

  add({ from, to, tag }: CompactEdge): void {
    this.#outgoing.add(from, to, tag);
    this.#incoming.add(to, from, tag);
  }

  /** Removes one such edge; false when there is none. */
  remove({ from, to, tag }: CompactEdge): boolean {
    return this.#outgoing.remove(from, to, tag) && this.#incoming.remove(to, from, tag);
  }

  /** Everything in new arrays; `attributes` replaces those of the nodes, of which there may be more than before. */
  flatten(attributes: Attributes = this.base): CompactGraph {
    const { nodeCount, weights, flags, environmentOf, environments } = attributes;
    const { offsets, ends, tags } = this.#outgoing.flatten(nodeCount);
    return { nodeCount, offsets, targets: ends, tags, weights, flags, environmentOf, environments };
  }
}

/** By node, the other ends and tags of its edges: `ends[offsets[node]] .. ends[offsets[node + 1] - 1]`. */
interface Table {
  readonly offsets: Int32Array;
  readonly ends: Int32Array;
  readonly tags: Uint8Array;
}

interface List {
  readonly ends: number[];
  readonly tags: number[];
}

/** A table, and beside it the lists of the nodes whose edges have changed. */
class EdgeLists {
  readonly #table: Table;
  readonly #changed = new Map<number, List>();

  constructor(table: Table) {
    this.#table = table;
  }

  each(node: number, visit: Visit): void {
    const list = this.#changed.get(node);
    const { offsets, ends, tags } = this.#table;
    if (list !== undefined) for (let at = 0; at < list.ends.length; at++) visit(list.ends[at]!, list.tags[at]!);
    else if (node + 1 < offsets.length) for (let at = offsets[node]!; at < offsets[node + 1]!; at++) visit(ends[at]!, tags[at]!);
  }

  count(node: number): number {
    const { offsets } = this.#table;
    return this.#changed.get(node)?.ends.length ?? (node + 1 < offsets.length ? offsets[node + 1]! - offsets[node]! : 0);
  }

  add(node: number, end: number, tag: number): void {
    const list = this.#listOf(node);
    list.ends.push(end);
    list.tags.push(tag);
  }

  remove(node: number, end: number, tag: number): boolean {
    const { ends, tags } = this.#listOf(node);
    const at = ends.findIndex((each, index) => each === end && tags[index] === tag);
    if (at === -1) return false;
    ends.splice(at, 1);
    tags.splice(at, 1);
    return true;
  }

  flatten(nodeCount: number): Table {
    const before = this.#table;
    const known = before.offsets.length - 1;
    const offsets = new Int32Array(nodeCount + 1);
    for (let node = 0; node < nodeCount; node++) offsets[node + 1] = offsets[node]! + this.count(node);
    const [ends, tags] = [new Int32Array(offsets[nodeCount]!), new Uint8Array(offsets[nodeCount]!)];
    // Between two changed nodes everything moves as one piece.
    const changed = [...this.#changed.keys()].sort((a, b) => a - b);
    let from = 0;
    for (const node of [...changed, known]) {
      const [start, end] = [before.offsets[Math.min(from, known)]!, before.offsets[Math.min(node, known)]!];
      if (start < end) {
        ends.set(before.ends.subarray(start, end), offsets[from]!);
        tags.set(before.tags.subarray(start, end), offsets[from]!);
      }
      from = Math.max(from, node + 1);
    }
    for (const [node, list] of this.#changed) {
      ends.set(list.ends, offsets[node]!);
      tags.set(list.tags, offsets[node]!);
    }
    return { offsets, ends, tags };
  }

  #listOf(node: number): List {
    let list = this.#changed.get(node);
    if (list === undefined) {
      const copy: List = { ends: [], tags: [] };
      this.each(node, (end, tag) => {
        copy.ends.push(end);
        copy.tags.push(tag);
      });
      this.#changed.set(node, (list = copy));
    }
    return list;
  }
}

function reversed({ nodeCount, offsets, targets, tags }: CompactGraph): Table {
  const starts = new Int32Array(nodeCount + 1);
  const edgeCount = offsets[nodeCount]!;
  for (let e = 0; e < edgeCount; e++) starts[targets[e]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice(0, nodeCount);
  const [ends, tagsTo] = [new Int32Array(edgeCount), new Uint8Array(edgeCount)];
  for (let node = 0; node < nodeCount; node++) {
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const at = next[targets[e]!]!++;
      ends[at] = node;
      tagsTo[at] = tags[e]!;
    }
  }
  return { offsets: starts, ends, tags: tagsTo };
}
