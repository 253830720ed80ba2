import type { Bound, GraphIndex } from "./graph-index.ts";
import { perLane } from "./worth.ts";
import type { ReachWorth } from "./worth.ts";

/** What single nodes reach, themselves included, as lanes: by a search each, for graphs of which only few rows are asked for. */
export class ReachRow {
  readonly #index: GraphIndex;
  readonly #worth: ReachWorth;
  readonly #bound: Bound;
  /** By node: the last search that came by. */
  readonly #controlled: Int32Array;
  readonly #touched: Int32Array;
  /** By node: the most points of this search. */
  readonly #points: Uint8Array;
  #search = 0;
  /** Edges looked at in all searches. */
  work = 0;

  constructor(index: GraphIndex, worth: ReachWorth, bound: Bound) {
    this.#index = index;
    this.#worth = worth;
    this.#bound = bound;
    this.#controlled = new Int32Array(index.nodeCount);
    this.#touched = new Int32Array(index.nodeCount);
    this.#points = new Uint8Array(index.nodeCount);
  }

  /** Adds what the node reaches to the empty lanes at `at`. */
  add(start: number, lanes: Float64Array, at: number): void {
    const {
      to,
      accessLevel,
      conditional,
      outgoing: { offsets, edgeIds },
    } = this.#index;
    const search = ++this.#search;
    const assets: number[] = [];
    const queue = [start];
    this.#controlled[start] = search;
    for (let next = 0; next < queue.length; next++) {
      const node = queue[next]!;
      this.#note(node, 10, assets);
      if (this.#worth.identityOf[node]! >= 0) lanes[at + 1]! += perLane;
      const [begin, end] = [offsets[node]!, offsets[node + 1]!];
      this.work += end - begin;
      for (let e = begin; e < end; e++) {
        const edge = edgeIds[e]!;
        if (this.#bound === "min" && conditional[edge] !== 0) continue;
        const target = to[edge]!;
        if (accessLevel[edge] !== 0) this.#note(target, accessLevel[edge]!, assets);
        else if (this.#controlled[target] !== search) {
          this.#controlled[target] = search;
          queue.push(target);
        }
      }
    }
    for (const node of assets) this.#addAsset(node, lanes, at);
  }

  #note(node: number, points: number, assets: number[]): void {
    if (this.#worth.assetOf[node]! < 0) return;
    if (this.#touched[node] !== this.#search) {
      this.#touched[node] = this.#search;
      this.#points[node] = points;
      assets.push(node);
    } else if (points > this.#points[node]!) this.#points[node] = points;
  }

  #addAsset(node: number, lanes: Float64Array, at: number): void {
    const { assetOf, weights, recordOf, records, laneCount } = this.#worth;
    const asset = assetOf[node]!;
    const record = recordOf[asset]!;
    lanes[at]! += weights[asset]! * this.#points[node]!;
    for (let lane = 1; lane < laneCount; lane++) lanes[at + lane]! += records[record + lane]!;
  }
}
