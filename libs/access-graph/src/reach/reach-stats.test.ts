import { describe, expect, it } from "vitest";
import { conditionalTag, identityFlag } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import type { Bound } from "./graph-index.ts";
import { radiusColumn, reachStats } from "./reach-stats.ts";
import type { ReachStats } from "./reach-stats.ts";

/** So many identities that each use one asset of their own and act as a hub that reaches one more; the last of them act as the first one only under a condition. */
function manyBehindOneHub(identities: number, conditional: number): CompactGraph {
  const [hub, shared] = [2 * identities, 2 * identities + 1];
  const nodeCount = shared + 1;
  const offsets = new Int32Array(nodeCount + 1);
  const [targets, tags]: [number[], number[]] = [[], []];
  for (let node = 0; node < nodeCount; node++) {
    if (node < identities) {
      targets.push(identities + node, hub);
      tags.push(8, 0);
      if (node >= identities - conditional) {
        targets.push(0);
        tags.push(conditionalTag);
      }
    } else if (node === hub) {
      targets.push(shared);
      tags.push(5);
    }
    offsets[node + 1] = targets.length;
  }
  return {
    nodeCount,
    offsets,
    targets: Int32Array.from(targets),
    tags: Uint8Array.from(tags),
    weights: Uint8Array.from({ length: nodeCount }, (_, node) => (node >= identities && node !== hub ? 10 : 0)),
    flags: Uint8Array.from({ length: nodeCount }, (_, node) => (node < identities ? identityFlag : 0)),
    environmentOf: new Int32Array(nodeCount).fill(-1),
    environments: [],
  };
}

/** Every node acts as five earlier ones, the more likely the more edges they have: all reach much, and no two the same. */
function nothingAlike(nodeCount: number): CompactGraph {
  let state = 7;
  const below = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const [offsets, targets, ends] = [new Int32Array(nodeCount + 1), [] as number[], [0]];
  for (let node = 0; node < nodeCount; node++) {
    for (let each = 0; each < 5 && node > 0; each++) {
      const to = ends[below(ends.length)]!;
      targets.push(to);
      ends.push(to);
    }
    for (let each = 0; each < 5; each++) ends.push(node);
    offsets[node + 1] = targets.length;
  }
  return {
    nodeCount,
    offsets,
    targets: Int32Array.from(targets),
    tags: new Uint8Array(targets.length),
    weights: new Uint8Array(nodeCount),
    flags: new Uint8Array(nodeCount).fill(identityFlag),
    environmentOf: new Int32Array(nodeCount).fill(-1),
    environments: [],
  };
}

function rowsByNode({ worth: { laneCount }, ...stats }: ReachStats, bound: Bound): Float64Array {
  const { rowOf, lanes } = stats[bound];
  const rows = new Float64Array(rowOf.length * laneCount);
  rowOf.forEach((row, node) => rows.set(lanes.subarray(row * laneCount, (row + 1) * laneCount), node * laneCount));
  return rows;
}

describe("reachStats", () => {
  it("gives sharing up soon where no two sets are alike", () => {
    expect(reachStats(nothingAlike(5_000)).method).toBe("dense");
  });

  it("counts the same with sets that are shared and with dense rows, however many environments there are", () => {
    const plain = nothingAlike(5_000);
    const nodes = Array.from({ length: plain.nodeCount }, (_, node) => node);
    const graph: CompactGraph = {
      ...plain,
      tags: plain.tags.map((_, edge) => (edge % 97 === 0 ? conditionalTag : 0) + (edge % 3 === 0 ? [5, 8, 10][(edge % 7) % 3]! : 0)),
      weights: Uint8Array.from(nodes, (node) => (node % 3 === 0 ? 10 * (node % 8) : 0)),
      environmentOf: Int32Array.from(nodes, (node) => (node % 10) - 1),
      environments: Array.from({ length: 9 }, (_, each) => `environment ${each}`),
    };
    const [shared, dense] = [reachStats(graph, { method: "shared" }), reachStats(graph, { method: "dense" })];
    for (const bound of ["min", "max"] as const) expect(rowsByNode(dense, bound)).toEqual(rowsByNode(shared, bound));
  });

  it("goes on sharing sets where only a few nodes reach a condition", () => {
    const identities = 250_000;
    const stats = reachStats(manyBehindOneHub(identities, 3));
    expect(stats.method).toBe("shared");
    const [min, max] = [radiusColumn(stats, "min"), radiusColumn(stats, "max")];
    const last = identities - 1;
    expect([min[0], max[0]]).toEqual([8 * 10 + 5 * 10, 8 * 10 + 5 * 10]);
    expect([min[last], max[last]]).toEqual([8 * 10 + 5 * 10, 2 * 8 * 10 + 5 * 10]);
  });
});
