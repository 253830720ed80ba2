import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessGraph, BlastRadius } from "../types.ts";
import { graphSketch } from "../testing/graph-sketch.ts";
import type { GraphSketch } from "../testing/graph-sketch.ts";
import { rawGraph } from "../testing/raw-graph.ts";
import type { RawEdge, RawNode } from "../testing/raw-graph.ts";
import { blastRadiusOfAll } from "./blast-radius.ts";
import { compactGraph } from "./compact-graph.ts";
import { controlComponents } from "./components.ts";
import { condense } from "./condensation.ts";
import { controlledByAny } from "./controlled-by-any.ts";
import { exposureOf } from "./exposure-of.ts";
import { levelPoints } from "./graph-index.ts";
import type { Bound } from "./graph-index.ts";
import { reachItems } from "./reach-items.ts";
import { decayed, reachOf } from "./reach-of.ts";
import { reachStats } from "./reach-stats.ts";
import { ownShare } from "./worth.ts";
import { SharedSets } from "./shared-sets.ts";
import type { SetLimits } from "./shared-sets.ts";
import { denseBlocks } from "./dense-blocks.ts";
import { shortestPath } from "./shortest-path.ts";

/** L(s, a) for all pairs by Warshall's closure of the control edges and one access step: slow, obvious, independent. */
function oracle(graph: AccessGraph, bound: Bound): number[][] {
  const n = graph.nodes.length;
  const control = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_unused, j) => i === j));
  const edges = graph.edges.filter((edge) => bound === "max" || !edge.conditional);
  for (const edge of edges) if (edge.kind !== "ACCESSES") control[edge.from]![edge.to] = true;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) if (control[i]![k]) for (let j = 0; j < n; j++) if (control[k]![j]) control[i]![j] = true;
  return control.map((row, s) =>
    graph.nodes.map((node, a) => {
      if (a === s || node.weight === 0) return 0;
      if (row[a]) return 10;
      return Math.max(
        0,
        ...edges.filter((edge) => edge.kind === "ACCESSES" && edge.to === a && row[edge.from]).map((edge) => levelPoints[edge.level!]),
      );
    }),
  );
}

type Columns = Pick<
  BlastRadius,
  "min" | "max" | "assetsMin" | "assetsMax" | "sensitiveMin" | "tierZeroMin" | "tierZeroMax" | "environments" | "identitiesMin"
>;
const columnsOf = ({
  min,
  max,
  assetsMin,
  assetsMax,
  sensitiveMin,
  tierZeroMin,
  tierZeroMax,
  environments,
  identitiesMin,
}: BlastRadius): Columns => ({ min, max, assetsMin, assetsMax, sensitiveMin, tierZeroMin, tierZeroMax, environments, identitiesMin });

function expectedRows(graph: AccessGraph): Columns[] {
  const exact = { min: oracle(graph, "min"), max: oracle(graph, "max") };
  return graph.nodes.map((_, s) => {
    const total = (bound: Bound): number => exact[bound][s]!.reduce((sum, level, a) => sum + level * graph.nodes[a]!.weight, 0);
    const reached = (bound: Bound): number[] => exact[bound][s]!.flatMap((level, a) => (level > 0 ? [a] : []));
    const [least, most] = [reached("min"), reached("max")];
    return {
      min: total("min"),
      max: total("max"),
      assetsMin: least.length,
      assetsMax: most.length,
      sensitiveMin: least.filter((a) => graph.nodes[a]!.weight >= 50).length,
      tierZeroMin: least.some((a) => graph.nodes[a]!.tierZero),
      tierZeroMax: most.some((a) => graph.nodes[a]!.tierZero),
      environments: [...new Set(least.flatMap((a) => graph.nodes[a]!.environment ?? []))].sort(),
      identitiesMin: controlled(graph, s),
    };
  });
}

/** Statistics of the upper graph from shared sets and from dense rows. */
function bothWays(graph: AccessGraph, limits: SetLimits): { readonly shared: Float64Array | null; readonly dense: Float64Array } {
  const compact = compactGraph(graph);
  const items = reachItems(compact);
  const components = controlComponents(compact, "max");
  const condensed = condense(compact, components, { bound: "max", items });
  const sets = new SharedSets(items, limits);
  const done = sets.add(condensed);
  return { shared: done ? sets.lanes : null, dense: denseBlocks(condensed, items) };
}

/** Everything that is said about every node, itself left out, by both bounds. */
function stated(graph: AccessGraph, options: Parameters<typeof reachStats>[1]): unknown {
  const stats = reachStats(compactGraph(graph), options);
  const { worth } = stats;
  return (["min", "max"] as const).map((bound) =>
    graph.nodes.map((_, node) => {
      const own = ownShare(worth, node);
      return Array.from(own, (share, lane) => stats[bound].lanes[stats[bound].rowOf[node]! * worth.laneCount + lane]! - share);
    }),
  );
}

const controlled = (graph: AccessGraph, node: number): number => reachOf(graph, node).identities.length;
const runs = { numRuns: 1000 };
const build = ({ nodes, edges }: GraphSketch): AccessGraph => rawGraph(nodes, edges);
const radii = (graph: AccessGraph): Map<string, [number, number]> => {
  const table = blastRadiusOfAll(graph);
  return new Map(graph.nodes.map((node, index) => [node.key, [table.min[index]!, table.max[index]!]]));
};

describe("blast radius", { timeout: 90_000 }, () => {
  it("equals the closure oracle in every column, for shared sets and for dense blocks", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const graph = build(drawn);
        const expected = expectedRows(graph);
        for (const method of ["shared", "dense"] as const) {
          const table = blastRadiusOfAll(graph, method);
          expect([...table.min]).toEqual(expected.map((row) => row.min));
          expect(graph.nodes.map((_, s) => columnsOf(table.at(s)))).toEqual(expected);
        }
      }),
      runs,
    );
  });

  it("is the same whatever the threshold at which sets become shared", () => {
    fc.assert(
      fc.property(graphSketch, fc.integer({ min: 0, max: 12 }), (drawn, maxExtras) => {
        const graph = build(drawn);
        const { shared, dense } = bothWays(graph, { maxExtras, maxBytes: Infinity, maxWork: Infinity });
        expect(shared).toEqual(dense);
        const limits = { maxExtras, maxBytes: Infinity, maxWork: Infinity };
        expect(stated(graph, { method: "shared", limits })).toEqual(stated(graph, { method: "dense" }));
      }),
      runs,
    );
  });

  it("is the same for sets of many chunks, shared at any threshold", () => {
    let seed = 11;
    const draw = (below: number): number => {
      seed = (seed * 1664525 + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const nodes = Array.from({ length: 4000 }, (_, index): RawNode => ({
      key: `${index % 3 === 0 ? "resource" : "identity"}:${index}`,
      weight: index % 2 === 0 ? 1 + draw(100) : 0,
      environment: index % 5 === 0 ? "prod" : null,
    }));
    const edges = Array.from({ length: 9000 }, (): RawEdge => {
      const [from, to] = [draw(4000), draw(4000)];
      return {
        from: nodes[Math.max(from, to)]!.key,
        to: nodes[Math.min(from, to)]!.key,
        ...(draw(3) === 0 ? { level: "write" as const } : {}),
        conditional: draw(20) === 0,
      };
    });
    const graph = rawGraph(nodes, edges);
    expect(reachItems(compactGraph(graph)).count).toBeGreaterThan(4096);
    for (const maxExtras of [0, 16, 256]) {
      const { shared, dense } = bothWays(graph, { maxExtras, maxBytes: Infinity, maxWork: Infinity });
      expect(shared).toEqual(dense);
      const limits = { maxExtras, maxBytes: Infinity, maxWork: Infinity };
      expect(stated(graph, { method: "shared", limits })).toEqual(stated(graph, { method: "dense" }));
    }
    expect(bothWays(graph, { maxExtras: 0, maxBytes: 1000, maxWork: Infinity }).shared).toBeNull();
    const limits = { maxExtras: 0, maxBytes: 1000, maxWork: 0 };
    expect(reachStats(compactGraph(graph), { limits }).method).toBe("dense");
  });

  it("never falls when an edge is added, and the lower bound never exceeds the upper", () => {
    fc.assert(
      fc.property(graphSketch, fc.nat(), (drawn, pick) => {
        fc.pre(drawn.edges.length > 0);
        const without = radii(build({ ...drawn, edges: drawn.edges.filter((_, index) => index !== pick % drawn.edges.length) }));
        for (const [name, [min, max]] of radii(build(drawn))) {
          const before = without.get(name)!;
          expect(before[0] <= min && before[1] <= max && min <= max).toBe(true);
        }
      }),
      runs,
    );
  });

  it("does not depend on names, order or repetition", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const renamed = (name: string): string => `${name}-${(Number(name.slice(name.indexOf(":") + 1)) * 37) % 101}`;
        const other = radii(
          build({
            nodes: drawn.nodes.map((node) => ({ ...node, key: renamed(node.key) })).reverse(),
            edges: [...drawn.edges, ...drawn.edges].map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) })).reverse(),
          }),
        );
        for (const [name, radius] of radii(build(drawn))) expect(other.get(renamed(name))).toEqual(radius);
      }),
      runs,
    );
  });

  it("gives the same bytes for the same input in another order", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const other = build({ nodes: [...drawn.nodes].reverse(), edges: [...drawn.edges].reverse() });
        expect(JSON.stringify(other.edges) + JSON.stringify(other.nodes)).toBe(
          JSON.stringify(build(drawn).edges) + JSON.stringify(build(drawn).nodes),
        );
      }),
      runs,
    );
  });

  it("is zero for an isolated node", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const graph = rawGraph([...drawn.nodes, { key: "identity:alone", weight: 100 }], drawn.edges);
        expect(blastRadiusOfAll(graph).max[graph.indexByKey.get("identity:alone")!]).toBe(0);
      }),
      runs,
    );
  });
});

describe("levels", { timeout: 90_000 }, () => {
  it("of a controlled node are at most the controller's, and members of one component control the same", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const graph = build(drawn);
        const level = oracle(graph, "min");
        for (const edge of graph.edges) {
          if (edge.conditional || edge.kind === "ACCESSES") continue;
          const [own, next] = [reachOf(graph, edge.from), reachOf(graph, edge.to)];
          const mine = new Map(own.assets.filter((asset) => !asset.conditional).map((asset) => [asset.node, levelPoints[asset.level]]));
          for (const asset of next.assets)
            if (!asset.conditional && asset.node !== edge.from)
              expect(mine.get(asset.node)!).toBeGreaterThanOrEqual(levelPoints[asset.level]);
          expect(mine.size).toBe(level[edge.from]!.filter((points) => points > 0).length);
        }
        const { of } = controlComponents(compactGraph(graph), "min");
        const control = (s: number): string =>
          [...reachOf(graph, s).identities, ...(graph.nodes[s]!.kind === "identity" ? [s] : [])].sort((a, b) => a - b).join();
        graph.nodes.forEach((_, s) =>
          graph.nodes.forEach((_unused, t) => {
            if (s < t && of[s] === of[t]) expect(control(s)).toBe(control(t));
          }),
        );
      }),
      runs,
    );
  });

  it("identities that any of several nodes controls are those that each of them controls", () => {
    fc.assert(
      fc.property(graphSketch, fc.uniqueArray(fc.nat(59), { maxLength: 4 }), (drawn, drawnStarts) => {
        const graph = build(drawn);
        const starts = drawnStarts.filter((node) => node < graph.nodes.length);
        const one = starts.flatMap((node) => {
          const { identities, conditionalIdentities } = reachOf(graph, node);
          return [...identities, ...conditionalIdentities];
        });
        const expected = new Set(one.filter((node) => !starts.includes(node)));
        expect(new Set(controlledByAny(graph, starts))).toEqual(expected);
      }),
      runs,
    );
  });
  it("add up: reach rows sum to the lower bound, and decay with factor 1 changes nothing", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const graph = build(drawn);
        const table = blastRadiusOfAll(graph);
        graph.nodes.forEach((_, s) => {
          const certain = reachOf(graph, s).assets.filter((asset) => !asset.conditional);
          expect(certain.reduce((sum, { contribution, hops }) => sum + decayed(contribution, hops, 1), 0)).toBe(table.min[s]);
        });
      }),
      runs,
    );
  });

  it("seen from the assets are the levels seen from the nodes (duality)", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const graph = build(drawn);
        const forward = blastRadiusOfAll(graph).min.reduce((sum, radius) => sum + radius, 0);
        const backward = graph.nodes.reduce(
          (sum, node, a) =>
            sum +
            node.weight *
              exposureOf(graph, a, ["identity", "resource"]).reduce(
                (points, row) => points + (row.conditional ? 0 : levelPoints[row.level]),
                0,
              ),
          0,
        );
        expect(backward).toBe(forward);
      }),
      runs,
    );
  });
});

describe("shortest path", { timeout: 90_000 }, () => {
  it("exists exactly for what is reached, has as many hops as reach says, and is made of joined edges", () => {
    fc.assert(
      fc.property(graphSketch, (drawn) => {
        const graph = build(drawn);
        const reach = reachOf(graph, 0);
        for (const asset of reach.assets) {
          const path = shortestPath(graph, 0, asset.node)!;
          if (!asset.conditional) expect(path.length).toBeLessThanOrEqual(asset.hops);
          else expect(path.length).toBe(asset.hops);
          expect(path[0]!.edge.from).toBe(0);
          expect(path.at(-1)!.edge.to).toBe(asset.node);
          path.forEach((hop, index) => {
            if (index > 0) {
              expect(hop.edge.from).toBe(path[index - 1]!.edge.to);
              expect(path[index - 1]!.edge.kind).not.toBe("ACCESSES");
            }
          });
        }
        const reached = new Set(reach.assets.map((asset) => asset.node));
        graph.nodes.forEach((node, index) => {
          if (index > 0 && node.weight > 0 && !reached.has(index)) expect(shortestPath(graph, 0, index)).toBeNull();
        });
      }),
      runs,
    );
  });

  it("prefers fewer hops, then fewer conditional hops", () => {
    const graph = rawGraph(
      [{ key: "identity:a" }, { key: "identity:b" }, { key: "identity:c" }, { key: "resource:d", weight: 10 }],
      [
        { from: "identity:a", to: "identity:b", conditional: true },
        { from: "identity:b", to: "resource:d", level: "read" },
        { from: "identity:a", to: "identity:c" },
        { from: "identity:c", to: "resource:d", level: "read" },
      ],
    );
    const path = shortestPath(graph, 0, 3)!;
    expect(path.map((hop) => hop.to.key)).toEqual(["identity:c", "resource:d"]);
    expect(path[1]!.sentence).toBe("identity:c has read access to resource:d (stated by the test)");
  });
});
