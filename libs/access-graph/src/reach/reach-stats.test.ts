import { describe, expect, it } from "vitest";
import { conditionalTag, identityFlag } from "./compact-graph.ts";
import type { CompactGraph } from "./compact-graph.ts";
import { radiusColumn, reachStats } from "./reach-stats.ts";

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

describe("reachStats", () => {
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
