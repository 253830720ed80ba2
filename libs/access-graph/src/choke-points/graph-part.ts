import type { CompactGraph } from "../reach/compact-graph.ts";
import type { Bound, GraphIndex } from "../reach/graph-index.ts";

interface Part {
  /** What they reach is the part; they come first in it, in their order. */
  readonly starts: readonly number[];
  readonly gone: ReadonlySet<number>;
  /** 0-100, by node of the whole. */
  readonly weights: Float64Array;
}

/** Cuts parts out of one graph, in one bound: each costs what is in it, not what the graph is. */
export class GraphParts {
  readonly #whole: GraphIndex;
  readonly #bound: Bound;
  /** By node: its number in the part cut last, where `#cutOf` says that it is in it. */
  readonly #numberOf: Int32Array;
  readonly #cutOf: Int32Array;
  #cut = 0;

  constructor(whole: GraphIndex, bound: Bound) {
    this.#whole = whole;
    this.#bound = bound;
    this.#numberOf = new Int32Array(whole.nodeCount);
    this.#cutOf = new Int32Array(whole.nodeCount);
  }

  /** What the nodes reach without the edges that are gone. Nothing in it is conditional. */
  reachedBy({ starts, gone, weights }: Part): CompactGraph {
    const {
      to,
      conditional,
      accessLevel,
      outgoing: { offsets: rows, edgeIds },
    } = this.#whole;
    this.#cut++;
    const nodes: number[] = [];
    for (const start of starts) this.#take(start, nodes);
    const [targets, tags]: [number[], number[]] = [[], []];
    const offsets = [0];
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]!;
      for (let e = rows[node]!; e < rows[node + 1]!; e++) {
        const edge = edgeIds[e]!;
        if ((this.#bound === "min" && conditional[edge] !== 0) || gone.has(edge)) continue;
        targets.push(this.#take(to[edge]!, nodes));
        tags.push(accessLevel[edge]!);
      }
      offsets.push(targets.length);
    }
    return weighed(nodes.length, {
      offsets: Int32Array.from(offsets),
      targets: Int32Array.from(targets),
      tags: Uint8Array.from(tags),
      weights: Uint8Array.from(nodes, (node) => weights[node]!),
    });
  }

  /** Its number, the next one if it is new. */
  #take(node: number, nodes: number[]): number {
    if (this.#cutOf[node] !== this.#cut) {
      this.#cutOf[node] = this.#cut;
      this.#numberOf[node] = nodes.length;
      nodes.push(node);
    }
    return this.#numberOf[node]!;
  }
}

/** Control edges of one bound turned round: what a node reaches in it is who controls the node. */
export function reversedControl(whole: GraphIndex, bound: Bound, weights: Float64Array): CompactGraph {
  const { nodeCount, from, accessLevel, conditional, incoming } = whole;
  const offsets = new Int32Array(nodeCount + 1);
  const targets: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    for (let e = incoming.offsets[node]!; e < incoming.offsets[node + 1]!; e++) {
      const edge = incoming.edgeIds[e]!;
      if (accessLevel[edge] === 0 && (bound === "max" || conditional[edge] === 0)) targets.push(from[edge]!);
    }
    offsets[node + 1] = targets.length;
  }
  return weighed(nodeCount, {
    offsets,
    targets: Int32Array.from(targets),
    tags: new Uint8Array(targets.length),
    weights: Uint8Array.from(weights),
  });
}

const weighed = (nodeCount: number, arrays: Pick<CompactGraph, "offsets" | "targets" | "tags" | "weights">): CompactGraph => ({
  nodeCount,
  ...arrays,
  flags: new Uint8Array(nodeCount),
  environmentOf: new Int32Array(nodeCount).fill(-1),
  environments: [],
});
