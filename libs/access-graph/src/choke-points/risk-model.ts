import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { Bound, GraphIndex } from "../reach/graph-index.ts";
import { radiusColumn, reachStats } from "../reach/reach-stats.ts";
import { Upward } from "../reach/upward.ts";
import type { AccessGraph } from "../types.ts";
import type { Entry } from "../what-if/what-if-types.ts";
import { GraphParts, reversedControl } from "./graph-part.ts";

/** Risk of one graph in one bound, and what it would be without some edges: only typed arrays, so that asking again costs one pass. */
export class RiskModel {
  readonly bound: Bound;
  readonly risk: number;
  readonly #index: GraphIndex;
  /** Points of the entries, by node. */
  readonly #points: Float64Array;
  readonly #weights: Float64Array;
  readonly #upward: Upward;
  readonly #still: Upward;
  readonly #parts: GraphParts;
  /** What control of a node gains: its blast radius and itself. */
  readonly #gain: Float64Array;
  /** Points of all entries that control a node. */
  readonly #pressure: Float64Array;

  constructor(graph: AccessGraph, entries: readonly Entry[], bound: Bound) {
    this.bound = bound;
    this.#index = graphIndex(graph);
    this.#points = pointsOf(graph, entries);
    this.#weights = Float64Array.from(graph.nodes, (node) => node.weight);
    this.#upward = new Upward(this.#index, bound);
    this.#still = new Upward(this.#index, bound);
    this.#parts = new GraphParts(this.#index, bound);
    this.#gain = blastRadiusOfAll(graph)[bound].map((radius, node) => radius + 10 * this.#weights[node]!);
    let risk = 0;
    this.#points.forEach((points, node) => {
      if (points !== 0) risk += points * (this.#gain[node]! - 10 * this.#weights[node]!);
    });
    this.risk = risk;
    this.#pressure = pressureOn(this.#index, bound, this.#points);
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

  /** Exact: what the risk falls by without the edges. Only the part of the graph below those who lose something is worked out again. */
  cutBy(edges: readonly number[]): number {
    const losers = this.#losers(edges);
    const part = this.#parts.reachedBy({ starts: losers, gone: new Set(edges), weights: this.#weights });
    const after = radiusColumn(reachStats(part), this.bound);
    let cut = 0;
    for (let at = 0; at < losers.length; at++) {
      const node = losers[at]!;
      cut += this.#points[node]! * (this.#gain[node]! - 10 * this.#weights[node]! - after[at]!);
    }
    return cut;
  }

  pressureOn(node: number): number {
    return this.#pressure[node]!;
  }

  gainOf(edge: number): number {
    const { to, accessLevel } = this.#index;
    const level = accessLevel[edge]!;
    return level === 0 ? this.#gain[to[edge]!]! : this.#weights[to[edge]!]! * level;
  }

  /** Entries that no longer get to a place behind one of the edges, or not as well. */
  #losers(edges: readonly number[]): number[] {
    const gone = new Set(edges);
    const losers = new Set<number>();
    const ends = new Map<number, readonly [node: number, level: number]>();
    for (const edge of edges) {
      const [node, level] = [this.#index.to[edge]!, this.#index.accessLevel[edge]!];
      ends.set(node * 16 + level, [node, level]);
    }
    for (const [node, level] of ends.values()) {
      this.#still.reachersOf(node, level, gone);
      for (const each of this.#upward.reachersOf(node, level)) if (!this.#still.found(each) && this.#points[each] !== 0) losers.add(each);
    }
    return [...losers];
  }

  /** Points of the entries that still control a node. */
  #reaching(head: number, gone: ReadonlySet<number>): number {
    let points = 0;
    for (const node of this.#upward.controllersOf([head], gone)) points += this.#points[node]!;
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

/** One pass weighs nodes by at most this much. */
const digitBase = 100;

/** Points of the entries behind every node: the same pass over the reversed control edges, with the entries as what is reached. */
function pressureOn(index: GraphIndex, bound: Bound, points: Float64Array): Float64Array {
  const pressure = points.slice();
  let [left, worth] = [points, 1];
  while (left.some((each) => each > 0)) {
    const weights = left.map((each) => each % digitBase);
    const radii = radiusColumn(reachStats(reversedControl(index, bound, weights)), bound);
    for (let node = 0; node < pressure.length; node++) pressure[node]! += (radii[node]! / 10) * worth;
    left = left.map((each) => Math.floor(each / digitBase));
    worth *= digitBase;
  }
  return pressure;
}
