import { ownGrantKinds } from "../edge-kinds.ts";
import { graphIndex } from "../reach/graph-index.ts";
import type { Bound } from "../reach/graph-index.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";
import { administrators } from "./administrators.ts";
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
  /** Other principals it can become. */
  readonly takeOvers: readonly EscalationRoute[];
  /** Targets there are in all; more than the routes listed when `perStart` cut them. */
  readonly privilegedTargets: number;
  readonly takeOverTargets: number;
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
  }

  /** Empty for tier 0 and for administrators: they have nothing left to gain. */
  from(start: number): RoutesFrom {
    if (this.#ends[start] === 1) return { privileged: [], takeOvers: [], privilegedTargets: 0, takeOverTargets: 0 };
    const reached = new Set<number>([start]);
    const certain = this.#answer(start, { bound: "min", reached });
    const conditional = this.#answer(start, { bound: "max", reached });
    return {
      privileged: [...certain.privileged, ...conditional.privileged].slice(0, this.#perStart),
      takeOvers: [...certain.takeOvers, ...conditional.takeOvers].slice(0, this.#perStart),
      privilegedTargets: certain.privilegedTargets + conditional.privilegedTargets,
      takeOverTargets: certain.takeOverTargets + conditional.takeOverTargets,
    };
  }

  #answer(start: number, { bound, reached }: { bound: Bound; reached: Set<number> }): RoutesFrom {
    const targets = this.#targets(this.#search(start, bound), reached);
    const routes = (nodes: readonly number[], privileged: boolean): EscalationRoute[] =>
      nodes.slice(0, this.#perStart).map((to) => {
        const hops = routeHops(this.#graph, this.#edgesTo(to, start));
        return { from: start, to, privileged, certain: bound === "min", hops };
      });
    return {
      privileged: routes(targets.privileged, true),
      takeOvers: routes(targets.takeOvers, false),
      privilegedTargets: targets.privileged.length,
      takeOverTargets: targets.takeOvers.length,
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

  /** Layer by layer: fewest hops, then fewest conditional hops, then the smallest edge number. Returns nodes by distance. */
  #search(start: number, bound: Bound): readonly number[] {
    const { to, conditional, accessLevel, outgoing } = graphIndex(this.#graph);
    const depth = this.#depth;
    const uncertain = this.#uncertain;
    const order = [start];
    depth[start] = 0;
    uncertain[start] = 0;
    for (const node of order) {
      if (this.#ends[node] === 1) continue;
      for (let e = outgoing.offsets[node]!; e < outgoing.offsets[node + 1]!; e++) {
        const edge = outgoing.edgeIds[e]!;
        if (accessLevel[edge] !== 0 || (bound === "min" && conditional[edge] === 1)) continue;
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
    return order;
  }
}

/** Using a group, a role or an account that is one's own is no gain; an edge with a technique, or becoming somebody, is. */
const isGain = (edge: GraphEdge): boolean => edge.why.technique !== null || !(ownGrantKinds.has(edge.kind) || edge.kind === "OWNS");
