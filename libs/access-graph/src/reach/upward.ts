import type { Bound, GraphIndex } from "./graph-index.ts";

/** Who controls something, in one bound, by search against the direction of the edges. Asking again costs what is found, not what there is. */
export class Upward {
  readonly #index: GraphIndex;
  readonly #bound: Bound;
  /** By node: the last search that found it. */
  readonly #seen: Int32Array;
  #search = 0;

  constructor(index: GraphIndex, bound: Bound) {
    this.#index = index;
    this.#bound = bound;
    this.#seen = new Int32Array(index.nodeCount);
  }

  /** Everyone who controls one of the nodes, these included, each once, without the edges that are gone. */
  controllersOf(nodes: Iterable<number>, gone: ReadonlySet<number> = nothing): readonly number[] {
    const {
      from,
      accessLevel,
      incoming: { offsets, edgeIds },
    } = this.#index;
    const [seen, search] = [this.#seen, ++this.#search];
    const found: number[] = [];
    for (const node of nodes) {
      if (seen[node] === search) continue;
      seen[node] = search;
      found.push(node);
    }
    for (let at = 0; at < found.length; at++) {
      const node = found[at]!;
      for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
        const edge = edgeIds[e]!;
        const source = from[edge]!;
        if (accessLevel[edge] !== 0 || seen[source] === search || !this.#holds(edge) || gone.has(edge)) continue;
        seen[source] = search;
        found.push(source);
      }
    }
    return found;
  }

  /** Everyone who has access worth at least so many points (5, 8, 10) to the node, or controls it, itself included; with 0 only the latter. */
  reachersOf(node: number, points: number, gone: ReadonlySet<number> = nothing): readonly number[] {
    if (points === 0) return this.controllersOf([node], gone);
    const {
      from,
      accessLevel,
      incoming: { offsets, edgeIds },
    } = this.#index;
    const starts = [node];
    for (let e = offsets[node]!; e < offsets[node + 1]!; e++) {
      const edge = edgeIds[e]!;
      if (accessLevel[edge]! >= points && this.#holds(edge) && !gone.has(edge)) starts.push(from[edge]!);
    }
    return this.controllersOf(starts, gone);
  }

  /** Was it among what the last search found? */
  found(node: number): boolean {
    return this.#search > 0 && this.#seen[node] === this.#search;
  }

  #holds(edge: number): boolean {
    return this.#bound === "max" || this.#index.conditional[edge] === 0;
  }
}

const nothing: ReadonlySet<number> = new Set();
