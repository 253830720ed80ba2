import type { AccessGraph } from "../types.ts";
import { levelPoints } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";

/** The graph as a few typed arrays, nothing else: what reach is computed from, and what another thread can be given. */
export interface CompactGraph {
  readonly nodeCount: number;
  /** Edges that leave node i are `offsets[i] .. offsets[i + 1] - 1`. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Per edge: points of an access edge (5, 8, 10) or 0 for control, plus `conditionalTag`. */
  readonly tags: Uint8Array;
  /** Sensitivity 0-100 by node. */
  readonly weights: Uint8Array;
  /** By node: `identityFlag`, `tierZeroFlag`. */
  readonly flags: Uint8Array;
  /** By node, a position in `environments`, or -1. */
  readonly environmentOf: Int32Array;
  readonly environments: readonly string[];
}

export const noGraph: CompactGraph = {
  nodeCount: 0,
  offsets: new Int32Array(1),
  targets: new Int32Array(0),
  tags: new Uint8Array(0),
  weights: new Uint8Array(0),
  flags: new Uint8Array(0),
  environmentOf: new Int32Array(0),
  environments: [],
};

export const conditionalTag = 16;
export const pointsMask = 15;
export const identityFlag = 1;
export const tierZeroFlag = 2;

/** Tags with any of these bits are no control edges of the graph of that bound. */
export const notControl: Readonly<Record<Bound, number>> = { min: pointsMask | conditionalTag, max: pointsMask };

const cache = new WeakMap<AccessGraph, CompactGraph>();

export function compactGraph(graph: AccessGraph): CompactGraph {
  let compact = cache.get(graph);
  if (compact === undefined) cache.set(graph, (compact = makeCompact(graph)));
  return compact;
}

function makeCompact({ nodes, edges }: AccessGraph): CompactGraph {
  const known = new Set<string>();
  for (const { weight, environment } of nodes) if (weight > 0 && environment !== null) known.add(environment);
  const environments = [...known].sort();
  const environmentNumber = new Map(environments.map((name, index) => [name, index]));
  const numberOf = (name: string | null): number => (name === null ? -1 : (environmentNumber.get(name) ?? -1));
  const offsets = new Int32Array(nodes.length + 1);
  for (const edge of edges) offsets[edge.from + 1]!++;
  for (let node = 0; node < nodes.length; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodes.length);
  const targets = new Int32Array(edges.length);
  const tags = new Uint8Array(edges.length);
  for (const edge of edges) {
    const at = next[edge.from]!++;
    targets[at] = edge.to;
    tags[at] = (edge.kind === "ACCESSES" ? levelPoints[edge.level ?? "read"] : 0) + (edge.conditional ? conditionalTag : 0);
  }
  const weights = new Uint8Array(nodes.length);
  const flags = new Uint8Array(nodes.length);
  const environmentOf = new Int32Array(nodes.length);
  nodes.forEach(({ weight, kind, tierZero, environment }, at) => {
    weights[at] = weight;
    flags[at] = (kind === "identity" ? identityFlag : 0) + (tierZero ? tierZeroFlag : 0);
    environmentOf[at] = numberOf(environment);
  });
  return { nodeCount: nodes.length, offsets, targets, tags, weights, flags, environmentOf, environments };
}

/** The buffers behind it, for `postMessage(graph, transferables(graph))`: moved, not copied; the sender may not use it afterwards. */
export const transferables = ({ offsets, targets, tags, weights, flags, environmentOf }: CompactGraph): ArrayBuffer[] =>
  [offsets, targets, tags, weights, flags, environmentOf].map((array) => array.buffer as ArrayBuffer);
