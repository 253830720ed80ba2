import { controlComponents } from "../reach/components.ts";
import type { Components } from "../reach/components.ts";
import { condense } from "../reach/condensation.ts";
import { denseBlocks } from "../reach/dense-blocks.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { Bound, GraphIndex } from "../reach/graph-index.ts";
import type { ReachItems } from "../reach/reach-items.ts";
import { sharedSets } from "../reach/shared-sets.ts";
import type { AccessGraph } from "../types.ts";
import type { Entry } from "../what-if/what-if-types.ts";

/** Risk of one graph in one bound, and what it would be without some edges: only typed arrays, so that asking again costs one pass. */
export class RiskModel {
  readonly bound: Bound;
  readonly risk: number;
  readonly #graph: AccessGraph;
  readonly #index: GraphIndex;
  /** Points of the entries, by node. */
  readonly #points: Float64Array;
  readonly #weights: ReachItems;
  /** What control of a node gains: its blast radius and itself. */
  readonly #gain: Float64Array;
  /** Points of all entries that control a node. */
  readonly #pressure: Float64Array;

  constructor(graph: AccessGraph, entries: readonly Entry[], bound: Bound) {
    this.bound = bound;
    this.#graph = graph;
    const index = graphIndex(graph);
    // Its own arrays: edges are taken out of them for a while.
    this.#index = { ...index, to: index.to.slice(), conditional: index.conditional.slice(), accessLevel: index.accessLevel.slice() };
    this.#points = pointsOf(graph, entries);
    this.#weights = weightItems(graph);
    this.#gain = this.#gains();
    this.risk = this.#total(this.#gain);
    this.#pressure = pressureOn(index, bound, this.#points);
  }

  /** At least what taking these edges away can cut: nobody loses more than what lies behind them. */
  mostCut(edges: readonly number[]): number {
    let most = 0;
    for (const edge of edges) most += this.#pressure[this.#index.from[edge]!]! * this.gainOf(edge);
    return Math.min(most, this.risk);
  }

  /** The same, counting for each place behind an edge only the entries that can no longer get there. */
  mostCutThrough(edges: readonly number[]): number {
    const gone = new Set(edges);
    let most = 0;
    const heads = new Map<number, number>();
    for (const edge of edges) {
      const [head, gain] = [this.#index.to[edge]!, this.gainOf(edge)];
      if (this.#index.accessLevel[edge] !== 0) most += this.#pressure[this.#index.from[edge]!]! * gain;
      else heads.set(head, gain);
    }
    for (const [head, gain] of heads) {
      if (gain > 0) most += (this.#pressure[head]! - this.#reaching(head, gone)) * gain;
    }
    return Math.min(most, this.risk);
  }

  /** Exact risk without the edges. */
  riskWithout(edges: readonly number[]): number {
    const { to, from, accessLevel } = this.#index;
    const kept = edges.map((edge) => [edge, to[edge]!, accessLevel[edge]!] as const);
    // A control edge to itself changes nothing: the edge is out, and no row has to move.
    for (const edge of edges) {
      to[edge] = from[edge]!;
      accessLevel[edge] = 0;
    }
    try {
      return this.#total(this.#gains());
    } finally {
      for (const [edge, target, level] of kept) {
        to[edge] = target;
        accessLevel[edge] = level;
      }
    }
  }

  pressureOn(node: number): number {
    return this.#pressure[node]!;
  }

  gainOf(edge: number): number {
    const { to, accessLevel } = this.#index;
    const level = accessLevel[edge]!;
    return level === 0 ? this.#gain[to[edge]!]! : this.#graph.nodes[to[edge]!]!.weight * level;
  }

  #total(gain: Float64Array): number {
    let sum = 0;
    for (let node = 0; node < gain.length; node++) {
      const points = this.#points[node]!;
      if (points !== 0) sum += points * (gain[node]! - 10 * this.#graph.nodes[node]!.weight);
    }
    return sum;
  }

  #gains(): Float64Array {
    return statPerNode(this.#index, this.bound, this.#weights);
  }

  /** Points of the entries that still control a node, by backward search. */
  #reaching(head: number, gone: ReadonlySet<number>): number {
    const {
      from,
      conditional,
      accessLevel,
      incoming: { offsets, edgeIds },
    } = this.#index;
    const seen = new Uint8Array(this.#graph.nodes.length);
    const queue = [head];
    seen[head] = 1;
    let points = 0;
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at]!;
      points += this.#points[node]!;
      for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
        const edge = edgeIds[e]!;
        if (accessLevel[edge] !== 0 || (this.bound === "min" && conditional[edge] !== 0)) continue;
        const source = from[edge]!;
        if (seen[source] === 1 || gone.has(edge)) continue;
        seen[source] = 1;
        queue.push(source);
      }
    }
    return points;
  }
}

function pointsOf(graph: AccessGraph, entries: readonly Entry[]): Float64Array {
  const points = new Float64Array(graph.nodes.length);
  for (const entry of entries) {
    const node = graph.indexByKey.get(entry.node);
    if (node !== undefined) points[node]! += entry.points;
  }
  return points;
}

/** One statistic of every node's reach set. */
function statPerNode(index: GraphIndex, bound: Bound, items: ReachItems): Float64Array {
  const components: Components = controlComponents(index, bound);
  const condensed = condense(index, components, { bound, items });
  const stats = sharedSets(condensed, items) ?? denseBlocks(condensed, items);
  return Float64Array.from(components.of, (component) => stats[component]!);
}

const shareOfLevel = [5, 3, 2] as const;

/** Assets alone, each as three nested levels: what the blast radius is a sum of. */
function weightItems(graph: AccessGraph): ReachItems {
  const assets = graph.nodes.flatMap((node, index) => (node.weight > 0 ? [index] : []));
  const numberOf = new Int32Array(graph.nodes.length).fill(-1);
  assets.forEach((node, number) => {
    numberOf[node] = number;
  });
  const takeLevels = (node: number, levels: number, take: (item: number) => void): void => {
    const asset = numberOf[node]!;
    if (asset < 0) return;
    for (let level = 0; level < levels; level++) take(asset * 3 + level);
  };
  return {
    count: assets.length * 3,
    statCount: 1,
    environments: [],
    whenControlled: (node, take) => takeLevels(node, 3, take),
    whenAccessed: (node, points, take) => takeLevels(node, points >= 10 ? 3 : points >= 8 ? 2 : 1, take),
    addTo: (stats, item, sign) => {
      const asset = Math.trunc(item / 3);
      stats[0]! += sign * graph.nodes[assets[asset]!]!.weight * shareOfLevel[item - asset * 3]!;
    },
  };
}

/** Points of the entries behind every node: the same pass over the reversed control edges, with the entries as what is reached. */
function pressureOn(index: GraphIndex, bound: Bound, points: Float64Array): Float64Array {
  const { nodeCount, from, to, conditional, accessLevel, outgoing, incoming } = index;
  const entries = [...points.keys()].filter((node) => points[node] !== 0);
  const numberOf = new Int32Array(nodeCount).fill(-1);
  entries.forEach((node, number) => {
    numberOf[node] = number;
  });
  const reversed: GraphIndex = { nodeCount, from: to, to: from, conditional, accessLevel, outgoing: incoming, incoming: outgoing };
  return statPerNode(reversed, bound, {
    count: entries.length,
    statCount: 1,
    environments: [],
    whenControlled: (node, take) => {
      if (numberOf[node]! >= 0) take(numberOf[node]!);
    },
    whenAccessed: () => {},
    addTo: (stats, item, sign) => {
      stats[0]! += sign * points[entries[item]!]!;
    },
  });
}
