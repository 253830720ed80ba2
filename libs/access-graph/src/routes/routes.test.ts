import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { reachOf } from "../reach/reach-of.ts";
import { rawGraph } from "../testing/raw-graph.ts";
import { randomWorld } from "../testing/random-world.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";
import { applyChanges } from "../what-if/apply-changes.ts";
import { routes } from "./routes.ts";

const node = (graph: AccessGraph, key: string): number => graph.indexByKey.get(key)!;
const pairOf = (graph: AccessGraph, edge: GraphEdge): string =>
  `${graph.nodes[edge.from]!.key} ${edge.kind} ${graph.nodes[edge.to]!.key} ${edge.level} ${edge.why.technique}`;

describe("routes", () => {
  const graph = rawGraph(
    [{ key: "identity:ci" }, { key: "identity:a" }, { key: "identity:b", entityId: "b" }, { key: "resource:db", weight: 50 }],
    [
      { from: "identity:ci", to: "identity:a", grounds: ["grant:1"] },
      { from: "identity:ci", to: "identity:b", grounds: ["grant:2", "grant:3"] },
      { from: "identity:a", to: "resource:db", level: "write", conditional: true },
      { from: "identity:b", to: "resource:db", level: "read", grounds: ["grant:4"] },
    ],
  );

  it("come shortest and surest first, and share no edge", () => {
    const found = routes(graph, { from: node(graph, "identity:ci"), to: node(graph, "resource:db") });
    expect(found.map(({ hops, conditional }) => [hops.map((hop) => hop.to.key), conditional])).toEqual([
      [["identity:b", "resource:db"], false],
      [["identity:a", "resource:db"], true],
    ]);
    const edges = found.flatMap(({ hops }) => hops.map((hop) => pairOf(graph, hop.edge)));
    expect(new Set(edges).size).toBe(edges.length);
  });

  it("name the single actions that end a hop, and nobody's when two grounds carry it", () => {
    const [first] = routes(graph, { from: node(graph, "identity:ci"), to: node(graph, "resource:db") }, { max: 1 });
    expect(first!.hops.map((hop) => hop.fixes.map((fix) => fix.grounds))).toEqual([[], [["grant:4"]]]);
    expect(first!.hops[1]!.fixes[0]!.sideEffects).toEqual({ edges: 1, affected: ["identity:b"], used90d: null, confidence: "unknown" });
  });

  it("hold only while what they cite holds: without a fix's ground the hop is gone when built again", { timeout: 240_000 }, () => {
    let replayed = 0;
    fc.assert(
      fc.property(randomWorld, fc.nat(), fc.nat(), (world, a, b) => {
        const built = buildGraph(world);
        const sources = [...built.nodes.keys()].filter((index) => built.nodes[index]!.kind !== "resource");
        const from = sources[a % sources.length]!;
        const reached = reachOf(built, from).assets;
        if (reached.length === 0) return;
        const to = reached[b % reached.length]!.node;
        for (const route of routes(built, { from, to })) {
          for (const hop of route.hops) {
            for (const fix of hop.fixes.slice(0, 2)) {
              replayed++;
              const after = buildGraph(applyChanges(world, fix.changes));
              expect(after.edges.map((edge) => pairOf(after, edge))).not.toContain(pairOf(built, hop.edge));
            }
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(replayed).toBeGreaterThan(100);
  });
});
