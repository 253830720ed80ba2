import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aGrant, anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";

const graphOf = (grants: Parameters<typeof anInput>[0]["grants"], extra: Parameters<typeof anInput>[0] = {}) =>
  buildGraph(
    anInput({
      identities: [anIdentity("bot")],
      resources: [aResource("db", { sensitivity: 40, sensitivityReason: "orders" })],
      grants,
      ...extra,
    }),
  );

describe("direct dialect", () => {
  it("takes the edge as stated", () => {
    const graph = graphOf([aGrant("ACCESSES", "bot", "db", { level: "write", conditional: true })]);
    expect(graph.edges).toEqual([expect.objectContaining({ kind: "ACCESSES", level: "write", conditional: true })]);
    expect(graph.edges[0]!.why.conditions).not.toEqual([]);
  });

  it("says what it cannot place", () => {
    const graph = graphOf([
      aGrant("ACCESSES", "bot", "nowhere"),
      aGrant("LIKES", "bot", "db"),
      aGrant("x", "bot", "db", { dialect: "martian" }),
    ]);
    expect(graph.edges).toEqual([]);
    expect(graph.gaps.map((gap) => gap.what)).toEqual(["not_modelled", "not_modelled", "unresolved_reference"]);
  });

  it("resolves bare names inside the source only, and full refs across sources", () => {
    const other = { sourceId: "src-2" } as const;
    const full = "github:acme/app";
    const graph = graphOf([aGrant("ACCESSES", "bot", "db", { id: "g2", ...other }), aGrant("CAN_WRITE_CODE", "bot", full)], {
      resources: [
        aResource("db", { sensitivity: 40 }),
        aResource("db", { id: "db-2", sensitivity: 60, ...other }),
        aResource(full, { ...other }),
      ],
      identities: [anIdentity("bot"), anIdentity("bot", { id: "bot-2", ...other })],
    });
    expect(graph.nodes.map((node) => node.key)).toEqual([
      "identity:bot@src-1",
      "identity:bot@src-2",
      "resource:db@src-1",
      "resource:db@src-2",
      "resource:github:acme/app",
    ]);
    expect(graph.edges.map((edge) => `${graph.nodes[edge.from]!.key} ${edge.kind} ${graph.nodes[edge.to]!.key}`)).toEqual([
      "identity:bot@src-1 CAN_WRITE_CODE resource:github:acme/app",
      "identity:bot@src-2 ACCESSES resource:db@src-2",
    ]);
  });
});
