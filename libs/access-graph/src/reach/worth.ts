import { identityFlag, tierZeroFlag } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";

/**
 * What reach sets are made of, and what they are worth. Assets and identities are numbered by themselves. What a set is worth
 * is a few sums, the lanes: the radius, and counts of which two share a lane.
 */
export interface ReachWorth {
  readonly assetCount: number;
  readonly identityCount: number;
  /** By node, or -1. */
  readonly assetOf: Int32Array;
  readonly identityOf: Int32Array;
  /** By asset: its sensitivity, and where in `records` the counts begin that it adds once. */
  readonly weights: Uint8Array;
  readonly recordOf: Int32Array;
  readonly records: Float64Array;
  readonly laneCount: number;
}

/** Columns of counts, two to a lane from lane 1 on; lane 0 is the radius. */
export const column = { assets: 0, identities: 1, sensitive: 2, tierZero: 3, firstEnvironment: 4 } as const;

/** Room for each of the two counts of a lane: more than any graph has nodes, and both fit exactly in a double. */
export const perLane = 2 ** 26;

/** Loops over lanes are written out for this many. */
export const minLanes = 5;

export const readCount = (lanes: Float64Array, at: number, which: number): number => {
  const lane = lanes[at + 1 + (which >> 1)]!;
  return (which & 1) === 0 ? lane % perLane : Math.floor(lane / perLane);
};

/** From this weight on an asset counts as sensitive (0-100). */
export const sensitiveFromWeight = 50;

export const laneCountOf = ({ environments }: CompactGraph): number =>
  Math.max(minLanes, 1 + Math.ceil((column.firstEnvironment + environments.length) / 2));

/** The counts that an asset of this node adds. */
export function columnsOf({ weights, flags, environmentOf }: CompactGraph, node: number): number[] {
  const environment = environmentOf[node]!;
  return [
    column.assets,
    ...(weights[node]! >= sensitiveFromWeight ? [column.sensitive] : []),
    ...((flags[node]! & tierZeroFlag) !== 0 ? [column.tierZero] : []),
    ...(environment >= 0 ? [column.firstEnvironment + environment] : []),
  ];
}

export function reachWorth(graph: CompactGraph): ReachWorth {
  const { nodeCount, weights, flags, environmentOf } = graph;
  const laneCount = laneCountOf(graph);
  const [assetOf, identityOf] = [new Int32Array(nodeCount).fill(-1), new Int32Array(nodeCount).fill(-1)];
  const assetWeights = new Uint8Array(nodeCount);
  const recordOf = new Int32Array(nodeCount);
  const records: number[] = [];
  const known = new Map<number, number>();
  let [assetCount, identityCount] = [0, 0];
  for (let node = 0; node < nodeCount; node++) {
    if ((flags[node]! & identityFlag) !== 0) identityOf[node] = identityCount++;
    if (weights[node] === 0) continue;
    const key = (environmentOf[node]! + 1) * 4 + (flags[node]! & tierZeroFlag) + (weights[node]! >= sensitiveFromWeight ? 1 : 0);
    let record = known.get(key);
    if (record === undefined) {
      known.set(key, (record = records.length));
      const lanes = new Array<number>(laneCount).fill(0);
      for (const each of columnsOf(graph, node)) lanes[1 + (each >> 1)]! += (each & 1) === 0 ? 1 : perLane;
      records.push(...lanes);
    }
    assetWeights[assetCount] = weights[node]!;
    recordOf[assetCount] = record;
    assetOf[node] = assetCount++;
  }
  return {
    assetCount,
    identityCount,
    assetOf,
    identityOf,
    weights: assetWeights.subarray(0, assetCount),
    recordOf: recordOf.subarray(0, assetCount),
    records: Float64Array.from(records),
    laneCount,
  };
}

/** What a node adds to its own row, as lanes: the definition of the blast radius leaves the node itself out. */
export function ownShare(worth: ReachWorth, node: number): Float64Array {
  const lanes = new Float64Array(worth.laneCount);
  addOwnShare(worth, node, lanes, 0);
  return lanes;
}

export function addOwnShare(worth: ReachWorth, node: number, lanes: Float64Array, row: number): void {
  const { assetOf, identityOf, weights, recordOf, records, laneCount } = worth;
  const asset = assetOf[node]!;
  if (asset >= 0) {
    const record = recordOf[asset]!;
    lanes[row]! += weights[asset]! * 10;
    for (let lane = 1; lane < laneCount; lane++) lanes[row + lane]! += records[record + lane]!;
  }
  if (identityOf[node]! >= 0) lanes[row + 1]! += perLane;
}
