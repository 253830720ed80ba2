import type { AccessLevel } from "@rollcall/nhi-model";
import { graphIndex, levelPoints } from "../reach/graph-index.ts";
import type { AccessGraph, EdgeKind } from "../types.ts";

/** A resource that a principal reaches by itself or by becoming somebody else. */
export interface ReachedResource {
  /** Node number. */
  readonly to: number;
  /** `control` where it does more than the three levels say: it runs code there, rewrites it, or owns it. */
  readonly level: AccessLevel | "control";
  /** No hop depends on a condition. */
  readonly certain: boolean;
  /** Kinds of the hops of the shortest way, in order. */
  readonly via: readonly EdgeKind[];
}

/** One search of a start: what it came to, and how. */
export interface Walked {
  /** Nodes by distance, the start first. */
  readonly order: readonly number[];
  /** By node: the last step of the shortest way to it. */
  readonly edgeTo: Int32Array;
  /** Edges of access that begin at those nodes. */
  readonly accesses: readonly number[];
  readonly certain: boolean;
}

export interface ResourcesFound {
  readonly nearest: readonly ReachedResource[];
  readonly total: number;
}

/** Definitions and holders of grants: a means of reaching something, nothing to reach. */
const means: ReadonlySet<string> = new Set(["permission_set", "policy", "group", "account", "cluster", "scope"]);
const secretKinds: ReadonlySet<EdgeKind> = new Set<EdgeKind>(["CAN_READ_SECRET", "USES_SECRET"]);
const levels = new Map<number, AccessLevel>(Object.entries(levelPoints).map(([level, points]) => [points, level as AccessLevel]));
const controlPoints = 11;

/** Which resources a search came to, each once at its highest level. */
export class ResourceSearch {
  readonly #graph: AccessGraph;
  readonly #listed: Uint8Array;
  /** Of the search at hand, by node. */
  readonly #points: Uint8Array;
  readonly #last: Int32Array;

  constructor(graph: AccessGraph) {
    this.#graph = graph;
    this.#listed = Uint8Array.from(graph.nodes, (node) =>
      node.kind === "resource" && !means.has(node.subkind) && (node.entityId !== null || node.weight > 0) ? 1 : 0,
    );
    this.#points = new Uint8Array(graph.nodes.length);
    this.#last = new Int32Array(graph.nodes.length);
  }

  /** The most valuable at their level first, then the nearest; without those in `known`, which it adds to. */
  of(walked: Walked, { known, limit }: { known: Set<number>; limit: number }): ResourcesFound {
    const { to } = graphIndex(this.#graph);
    const found: number[] = [];
    const note = (node: number, points: number, last: number): void => {
      if (this.#listed[node] === 0 || node === walked.order[0] || this.#points[node]! >= points) return;
      if (this.#points[node] === 0) found.push(node);
      this.#points[node] = points;
      this.#last[node] = last;
    };
    for (const node of walked.order) note(node, controlPoints, walked.edgeTo[node]!);
    for (const edge of walked.accesses) note(to[edge]!, graphIndex(this.#graph).accessLevel[edge]!, edge);
    const worth = (node: number): number => this.#graph.nodes[node]!.weight * this.#points[node]!;
    const place = new Map(found.map((node, position) => [node, position]));
    const fresh = found.filter((node) => !known.has(node));
    fresh.sort((a, b) => worth(b) - worth(a) || place.get(a)! - place.get(b)!);
    const nearest = fresh.slice(0, limit).map((node) => this.#describe(node, walked));
    for (const node of found) {
      known.add(node);
      this.#points[node] = 0;
    }
    return { nearest, total: fresh.length };
  }

  #describe(to: number, { order, edgeTo, certain }: Walked): ReachedResource {
    const via: EdgeKind[] = [];
    for (let edge = this.#last[to]!; ; edge = edgeTo[this.#graph.edges[edge]!.from]!) {
      via.push(this.#graph.edges[edge]!.kind);
      if (this.#graph.edges[edge]!.from === order[0]) break;
    }
    const level = levels.get(this.#points[to]!) ?? (secretKinds.has(via[0]!) ? "read" : "control");
    return { to, level, certain, via: via.reverse() };
  }
}
