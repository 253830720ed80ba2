import { pointsMask } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";

/** One edge of a compact graph. `tag` as there: access points or 0 for control, plus `conditionalTag`. */
export interface CompactEdge {
  readonly from: number;
  readonly to: number;
  readonly tag: number;
}

interface Row {
  readonly targets: number[];
  readonly tags: number[];
}

/** A compact graph whose edges may change: rows that did are kept beside the arrays. Knows who controls a node, too. */
export class IncrementalGraph {
  readonly base: CompactGraph;
  readonly #rows = new Map<number, Row>();
  readonly #controllers = new Map<number, number[]>();
  readonly #incoming: { readonly offsets: Int32Array; readonly sources: Int32Array };

  constructor(base: CompactGraph) {
    this.base = base;
    this.#incoming = controllersOf(base);
  }

  /** Calls with target and tag of every edge that leaves the node. */
  each(node: number, visit: (target: number, tag: number) => void): void {
    const row = this.#rows.get(node);
    if (row !== undefined) {
      row.targets.forEach((target, index) => visit(target, row.tags[index]!));
      return;
    }
    const { offsets, targets, tags } = this.base;
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) visit(targets[e]!, tags[e]!);
  }

  /** Nodes with a control edge to this one, conditional or not; some may be named twice or control it no longer. */
  controllers(node: number): readonly number[] | Int32Array {
    const { offsets, sources } = this.#incoming;
    return this.#controllers.get(node) ?? sources.subarray(offsets[node], offsets[node + 1]);
  }

  add({ from, to, tag }: CompactEdge): void {
    const row = this.#rowOf(from);
    row.targets.push(to);
    row.tags.push(tag);
    if ((tag & pointsMask) === 0) this.#controllers.set(to, [...this.controllers(to), from]);
  }

  /** Removes one such edge; false when there is none. */
  remove({ from, to, tag }: CompactEdge): boolean {
    const row = this.#rowOf(from);
    const at = row.targets.findIndex((target, index) => target === to && row.tags[index] === tag);
    if (at === -1) return false;
    row.targets.splice(at, 1);
    row.tags.splice(at, 1);
    return true;
  }

  /** Everything in new arrays; `attributes` replaces those of the nodes, of which there may be more than before. */
  flatten(attributes: Pick<CompactGraph, "nodeCount" | "weights" | "flags" | "environmentOf" | "environments"> = this.base): CompactGraph {
    const offsets = new Int32Array(attributes.nodeCount + 1);
    const [targets, tags]: [number[], number[]] = [[], []];
    for (let node = 0; node < attributes.nodeCount; node++) {
      const take = (target: number, tag: number): void => {
        targets.push(target);
        tags.push(tag);
      };
      if (node < this.base.nodeCount) this.each(node, take);
      else this.#rows.get(node)?.targets.forEach((target, index) => take(target, this.#rows.get(node)!.tags[index]!));
      offsets[node + 1] = targets.length;
    }
    const { nodeCount, weights, flags, environmentOf, environments } = attributes;
    return {
      nodeCount,
      offsets,
      targets: Int32Array.from(targets),
      tags: Uint8Array.from(tags),
      weights,
      flags,
      environmentOf,
      environments,
    };
  }

  #rowOf(node: number): Row {
    let row = this.#rows.get(node);
    if (row === undefined) {
      row = { targets: [], tags: [] };
      if (node < this.base.nodeCount) {
        this.each(node, (target, tag) => {
          row!.targets.push(target);
          row!.tags.push(tag);
        });
      }
      this.#rows.set(node, row);
    }
    return row;
  }
}

function controllersOf({ nodeCount, offsets, targets, tags }: CompactGraph): {
  readonly offsets: Int32Array;
  readonly sources: Int32Array;
} {
  const starts = new Int32Array(nodeCount + 1);
  const edgeCount = offsets[nodeCount]!;
  for (let e = 0; e < edgeCount; e++) if ((tags[e]! & pointsMask) === 0) starts[targets[e]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice(0, nodeCount);
  const sources = new Int32Array(starts[nodeCount]!);
  for (let node = 0; node < nodeCount; node++)
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) if ((tags[e]! & pointsMask) === 0) sources[next[targets[e]!]!++] = node;
  return { offsets: starts, sources };
}
