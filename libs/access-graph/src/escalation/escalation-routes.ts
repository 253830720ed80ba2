import { ownGrantKinds } from "../edge-kinds.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { Bound } from "../reach/graph-index.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";
import { administrators } from "./administrators.ts";
import { ResourceSearch } from "./resource-search.ts";
import type { ReachedResource, Walked } from "./resource-search.ts";
import { routeHops } from "./route-hops.ts";
import type { EscalationHop } from "./route-hops.ts";

/** A way by which one principal becomes another, or takes over an account or cluster, with means it was not given for that. */
export interface EscalationRoute {
  /** Node numbers. */
  readonly from: number;
  readonly to: number;
  /** The target is tier 0 itself or administrates a tier-0 node by its own grants. */
  readonly privileged: boolean;
  /** Every hop is free of conditions that could not be evaluated. */
  readonly certain: boolean;
  readonly hops: readonly EscalationHop[];
}

export interface EscalationOptions {
  /** Nearest targets kept per starting node, privileged ones and others each. */
  readonly perStart: number;
}

export interface RoutesFrom {
  readonly privileged: readonly EscalationRoute[];
  /** What is worth reaching of what it comes to, the most valuable first. */
  readonly resources: readonly ReachedResource[];
  /** Other principals it can become. */
  readonly takeOvers: readonly EscalationRoute[];
  /** Targets there are in all; more than the routes listed when `perStart` cut them. */
  readonly privilegedTargets: number;
  readonly takeOverTargets: number;
  readonly resourceTargets: number;
}

/** What an earlier search of the same start came to. */
interface Seen {
  readonly targets: Set<number>;
  readonly resources: Set<number>;
}

/** Targets in the order of their distance. */
interface Targets {
  readonly privileged: readonly number[];
  readonly takeOvers: readonly number[];
}

/**
 * Shortest routes from a principal to everything it can become. Privileged nodes end a route: who controls an account controls
 * whatever is in it, and saying so again for each principal would bury the answer. Certain routes come before conditional ones.
 */
export class EscalationRoutes {
  readonly #graph: AccessGraph;
  readonly #perStart: number;
  readonly #ends: Uint8Array;
  /** Of the latest search; -1 where it did not come. */
  readonly #depth: Int32Array;
  readonly #uncertain: Int32Array;
  readonly #edgeTo: Int32Array;
  readonly #gains: Uint8Array;
  readonly #resources: ResourceSearch;

  constructor(graph: AccessGraph, options: EscalationOptions) {
    const size = graph.nodes.length;
    this.#graph = graph;
    this.#perStart = options.perStart;
    this.#ends = Uint8Array.from(graph.nodes, (node) => (node.tierZero ? 1 : 0));
    for (const { node, certain } of administrators(graph)) if (certain) this.#ends[node] = 1;
    this.#depth = new Int32Array(size).fill(-1);
    this.#uncertain = new Int32Array(size);
    this.#edgeTo = new Int32Array(size);
    this.#gains = new Uint8Array(size);
    this.#resources = new ResourceSearch(graph);
  }

  /** Empty for tier 0 and for administrators: they have nothing left to gain. */
  from(start: number): RoutesFrom {
    const nothing = { privileged: [], takeOvers: [], resources: [], privilegedTargets: 0, takeOverTargets: 0, resourceTargets: 0 };
    if (this.#ends[start] === 1) return nothing;
    const seen: Seen = { targets: new Set([start]), resources: new Set() };
    const certain = this.#answer(start, { bound: "min", seen });
    // Without a condition on the way, the second search would come to the same.
    const conditional = certain.isAll ? nothing : this.#answer(start, { bound: "max", seen });
    const both = <T>(pick: (from: RoutesFrom) => readonly T[]): T[] => [...pick(certain), ...pick(conditional)].slice(0, this.#perStart);
    return {
      privileged: both((from) => from.privileged),
      takeOvers: both((from) => from.takeOvers),
      resources: both((from) => from.resources),
      privilegedTargets: certain.privilegedTargets + conditional.privilegedTargets,
      takeOverTargets: certain.takeOverTargets + conditional.takeOverTargets,
      resourceTargets: certain.resourceTargets + conditional.resourceTargets,
    };
  }

  #answer(start: number, { bound, seen }: { bound: Bound; seen: Seen }): RoutesFrom & { readonly isAll: boolean } {
    const { order, accesses, isAll } = this.#search(start, bound);
    const walked = { order, accesses, edgeTo: this.#edgeTo, certain: bound === "min" };
    const resources = this.#resources.of(walked, { known: seen.resources, limit: this.#perStart });
    const targets = this.#targets(order, seen.targets);
    const routes = (nodes: readonly number[], privileged: boolean): EscalationRoute[] =>
      nodes.slice(0, this.#perStart).map((to) => {
        const hops = routeHops(this.#graph, this.#edgesTo(to, start));
        return { from: start, to, privileged, certain: bound === "min", hops };
      });
    return {
      isAll,
      privileged: routes(targets.privileged, true),
      takeOvers: routes(targets.takeOvers, false),
      resources: resources.nearest,
      privilegedTargets: targets.privileged.length,
      takeOverTargets: targets.takeOvers.length,
      resourceTargets: resources.total,
    };
  }

  /** What the search came to that is worth a route, without what an earlier one had; adds it to `reached`. */
  #targets(order: readonly number[], reached: Set<number>): Targets {
    const privileged: number[] = [];
    const takeOvers: number[] = [];
    for (const [position, node] of order.entries()) {
      const edge = position === 0 ? null : this.#graph.edges[this.#edgeTo[node]!]!;
      this.#gains[node] = edge !== null && (this.#gains[edge.from] === 1 || isGain(edge)) ? 1 : 0;
      if (this.#gains[node] === 0 || reached.has(node)) continue;
      const isPrivileged = this.#ends[node] === 1;
      const { kind } = this.#graph.nodes[node]!;
      if (!isPrivileged && kind !== "identity" && kind !== "external") continue;
      reached.add(node);
      (isPrivileged ? privileged : takeOvers).push(node);
    }
    return { privileged, takeOvers };
  }

  #edgesTo(to: number, start: number): readonly GraphEdge[] {
    const edges: GraphEdge[] = [];
    for (let at = to; at !== start; at = edges.at(-1)!.from) edges.push(this.#graph.edges[this.#edgeTo[at]!]!);
    return edges.reverse();
  }

  /** Layer by layer: fewest hops, then fewest conditional hops, then the smallest edge number. Returns nodes by distance, and what they access. */
  #search(start: number, bound: Bound): Pick<Walked, "order" | "accesses"> & { readonly isAll: boolean } {
    const { to, conditional, accessLevel, outgoing } = graphIndex(this.#graph);
    const depth = this.#depth;
    const uncertain = this.#uncertain;
    const order = [start];
    const accesses: number[] = [];
    let isAll = true;
    depth[start] = 0;
    uncertain[start] = 0;
    for (const node of order) {
      if (this.#ends[node] === 1) continue;
      for (let e = outgoing.offsets[node]!; e < outgoing.offsets[node + 1]!; e++) {
        const edge = outgoing.edgeIds[e]!;
        if (bound === "min" && conditional[edge] === 1) {
          isAll = false;
          continue;
        }
        if (accessLevel[edge] !== 0) {
          accesses.push(edge);
          continue;
        }
        const next = to[edge]!;
        const cost = uncertain[node]! + conditional[edge]!;
        const isNew = depth[next] === -1;
        if (!isNew && !(depth[next] === depth[node]! + 1 && cost < uncertain[next]!)) continue;
        if (isNew) order.push(next);
        depth[next] = depth[node]! + 1;
        uncertain[next] = cost;
        this.#edgeTo[next] = edge;
      }
    }
    for (const node of order) depth[node] = -1;
    return { order, accesses, isAll };
  }
}

/** Using a group, a role or an account that is one's own is no gain; an edge with a technique, or becoming somebody, is. */
const isGain = (edge: GraphEdge): boolean => edge.why.technique !== null || !(ownGrantKinds.has(edge.kind) || edge.kind === "OWNS");
