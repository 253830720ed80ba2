import type { CompactGraph } from "../reach/compact-graph.ts";
import type { Bound, GraphIndex } from "../reach/graph-index.ts";

interface Part {
  /** What they reach is the part; they come first in it, in their order. */
  readonly starts: readonly number[];
  readonly gone: ReadonlySet<number>;
  /** 0-100, by node of the whole. */
  readonly weights: Float64Array;
}

/** The part of a graph that some nodes reach in one bound, without the edges that are gone. Nothing in it is conditional. */
export function graphPart(whole: GraphIndex, bound: Bound, { starts, gone, weights }: Part): CompactGraph {
  const numberOf = new Map(starts.map((node, at) => [node, at]));
  const nodes = [...starts];
  const [targets, tags]: [number[], number[]] = [[], []];
  const offsets = [0];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    for (let e = whole.outgoing.offsets[node]!; e < whole.outgoing.offsets[node + 1]!; e++) {
      const edge = whole.outgoing.edgeIds[e]!;
      if ((bound === "min" && whole.conditional[edge] !== 0) || gone.has(edge)) continue;
      const target = whole.to[edge]!;
      let number = numberOf.get(target);
      if (number === undefined) {
        number = nodes.length;
        numberOf.set(target, number);
        nodes.push(target);
      }
      targets.push(number);
      tags.push(whole.accessLevel[edge]!);
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
