import { expect, test } from "vitest";
import { graphFromRows, levelPoints, reachOf, type AccessGraph, type GraphEdge, type GraphNode } from "@rollcall/access-graph";
import fc from "fast-check";
import { answerMembers } from "./answer-members.ts";
import { upToDate } from "../testing/up-to-date.ts";
import { answerRadius } from "./answer-radius.ts";
import { answerExposure } from "./answer-exposure.ts";
import { picture } from "./picture.ts";
import { reachTree } from "./reach-tree.ts";

const nothing = { open: [], show: [] };
const kinds = ["identity", "resource", "credential"] as const;
const levels = ["read", "write", "admin"] as const;

const node = (number: number, kind: GraphNode["kind"], weight: number): GraphNode => ({
  key: `${kind}:${number}`,
  kind,
  subkind: number % 2 === 0 ? "bucket" : "queue",
  entityId: null,
  label: `n${number}`,
  provider: "test",
  account: null,
  environment: number % 3 === 0 ? "prod" : null,
  weight: kind === "resource" ? weight : 0,
  weightReason: null,
  tierZero: weight === 100,
});

const graphs = fc
  .record({
    nodes: fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(0, 10, 50, 100)), { minLength: 1, maxLength: 30 }),
    edges: fc.array(fc.tuple(fc.nat(29), fc.nat(29), fc.boolean(), fc.option(fc.constantFrom(...levels))), { maxLength: 80 }),
  })
  .map(({ nodes, edges }): AccessGraph => {
    const rows = nodes.map(([kind, weight], number) => node(number, kind, weight));
    const kept = edges
      .filter(([from, to]) => from !== to && from < rows.length && to < rows.length)
      .map(([from, to, conditional, level]): GraphEdge => ({
        from,
        to,
        kind: level === null ? "CAN_ASSUME" : "ACCESSES",
        conditional,
        level,
        why: { technique: null, facts: [], conditions: [] },
      }));
    return graphFromRows(rows, kept, []);
  });

test("a tree reaches the assets and identities that the library's own search reaches, with the same certainty and level", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const tree = reachTree(graph, 0, "out");
      const reach = reachOf(graph, 0);
      const reached = tree.order.filter((each) => graph.nodes[each]!.weight > 0);
      expect(new Set(reached)).toEqual(new Set(reach.assets.map((asset) => asset.node)));
      for (const asset of reach.assets) {
        expect(tree.conditional[asset.node]).toBe(asset.conditional ? 1 : 0);
        if (tree.accessed[asset.node] === 1) expect(tree.points[asset.node]).toBe(levelPoints[asset.level]);
      }
      const identities = tree.order.filter((each) => graph.nodes[each]!.kind === "identity" && tree.accessed[each] === 0);
      expect(new Set(identities)).toEqual(new Set([...reach.identities, ...reach.conditionalIdentities]));
    }),
    { numRuns: 500 },
  );
});

test("every mark hangs on one a step nearer, and together they stand for everything reached, opened or not", () => {
  fc.assert(
    fc.property(graphs, fc.constantFrom("out", "in"), (graph, direction) => {
      const tree = reachTree(graph, 0, direction);
      const closed = picture(graph, tree, nothing);
      const opened = picture(graph, tree, {
        open: closed.units.map((unit) => unit.group),
        show: graph.nodes.map(({ key }) => key).slice(0, 5),
      });
      for (const { units, links, nodes } of [closed, opened]) {
        expect(units.reduce((sum, unit) => sum + unit.count, 0)).toBe(nodes);
        expect(links.reduce((sum, link) => sum + link.count, 0)).toBe(nodes);
        const hopOf = new Map(units.map((unit) => [unit.id, unit.hop]).concat([["root", 0]]) as [string, number][]);
        expect(hopOf.size).toBe(units.length + 1);
        for (const link of links) expect(Math.abs(hopOf.get(link.to)! - hopOf.get(link.from)!)).toBe(1);
        for (const unit of units) expect(links.some((link) => (direction === "out" ? link.to : link.from) === unit.id)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

/** One role that reads fifty thousand buckets in two environments, and a chain to the account. */
function wide(): AccessGraph {
  const buckets = 50_000;
  const nodes = [
    node(0, "identity", 0),
    node(1, "identity", 0),
    node(2, "resource", 100),
    ...Array.from({ length: buckets }, (_, number) => ({ ...node(number + 3, "resource", 10), subkind: "bucket" })),
  ];
  const why = { technique: null, facts: [], conditions: [] };
  const edges: GraphEdge[] = [
    { from: 0, to: 1, kind: "CAN_ASSUME", conditional: true, level: null, why },
    { from: 1, to: 2, kind: "OWNS", conditional: false, level: null, why },
    ...Array.from({ length: buckets }, (_, number): GraphEdge => ({
      from: 0,
      to: number + 3,
      kind: "ACCESSES",
      conditional: false,
      level: "read",
      why,
    })),
  ];
  return graphFromRows(nodes, edges, []);
}

test("fifty thousand nodes are a handful of marks; an opened one shows some and counts the rest", () => {
  const graph = wide();
  const { blast, picture: closed } = answerRadius(upToDate(graph), "identity:0", nothing);
  expect(blast.assets).toEqual({ min: 50_000, max: 50_001 });
  expect(closed.units.map((unit) => [unit.hop, unit.count, unit.environment, unit.certainty, unit.tierZero])).toEqual([
    [1, 33_333, null, "certain", false],
    [1, 16_667, "prod", "certain", false],
    [1, 1, null, "conditional", false],
    [2, 1, null, "conditional", true],
  ]);
  const group = closed.units[0]!.group;
  const opened = answerRadius(upToDate(graph), "identity:0", { open: [group], show: ["resource:4"] }).picture;
  const inGroup = opened.units.filter((unit) => unit.group === group);
  expect(inGroup.filter((unit) => unit.node !== null)).toHaveLength(7);
  expect(inGroup.filter((unit) => unit.rest).map((unit) => unit.count)).toEqual([33_326]);

  const page = answerMembers(graph, { node: "identity:0", direction: "out", group, search: "n4999", offset: 0, limit: 5 });
  expect(page.items.every((item) => item.label.includes("n4999"))).toBe(true);
  expect(page.items).toHaveLength(5);
  expect(page.nextCursor).toBe("5");
});

test("who reaches a bucket: how many, at which level, and the share of all identities", () => {
  const graph = wide();
  const answer = answerExposure(upToDate(graph), "resource:4", nothing);
  expect(answer).toMatchObject({
    reachers: { identities: { min: 1, max: 1 }, credentials: { min: 0, max: 0 } },
    pct: { min: 50, max: 50 },
    byLevel: { read: 1, write: 0, admin: 0 },
    atLeast: false,
  });
  expect(answerExposure(upToDate(graph), "resource:2", nothing).reachers.identities).toEqual({ min: 1, max: 2 });
});
