import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aGrant, anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";
import { EscalationRoutes } from "./escalation-routes.ts";

type Stated = readonly [from: string, kind: string, to: string, more?: Parameters<typeof aGrant>[3]];
const maybe = { conditional: true, attributes: { conditions: ["it rains"] } };

function reached(grants: readonly Stated[], perStart = 10): { rows: string[]; total: number } {
  const graph = buildGraph(
    anInput({
      identities: [anIdentity("a:bot"), anIdentity("a:other")],
      resources: [
        aResource("a:api", { kind: "api" }),
        aResource("a:db", { kind: "data_store", sensitivity: 80 }),
        aResource("a:key", { kind: "secret", sensitivity: 40 }),
        aResource("a:code", { kind: "repository" }),
        aResource("a:team", { kind: "group" }),
      ],
      grants: grants.map(([from, kind, to, more]) =>
        aGrant(kind, from, to, { dialect: "direct", ref: `${from}|${kind}|${to}|${more?.level}`, ...more }),
      ),
    }),
  );
  const { resources, resourceTargets } = new EscalationRoutes(graph, { perStart }).from(graph.indexByKey.get("identity:a:bot")!);
  const rows = resources.map(({ to, level, certain, via }) => `${graph.nodes[to]!.key} ${level}${certain ? "" : "?"} ${via.join(" ")}`);
  return { rows, total: resourceTargets };
}
const access = (level: "read" | "write" | "admin") => ({ level });

describe("the resources that a principal reaches", () => {
  it.each<[string, readonly Stated[], readonly string[]]>([
    ["by itself, of whatever weight", [["a:bot", "ACCESSES", "a:api", access("write")]], ["resource:a:api write ACCESSES"]],
    [
      "as somebody else, by the shortest way",
      [
        ["a:bot", "CAN_IMPERSONATE", "a:other"],
        ["a:other", "ACCESSES", "a:db", access("admin")],
      ],
      ["resource:a:db admin CAN_IMPERSONATE ACCESSES"],
    ],
    [
      "at the highest level",
      [
        ["a:bot", "ACCESSES", "a:db", access("read")],
        ["a:bot", "CAN_IMPERSONATE", "a:other"],
        ["a:other", "ACCESSES", "a:db", access("write")],
      ],
      ["resource:a:db write CAN_IMPERSONATE ACCESSES"],
    ],
    [
      "once, as far as that is certain",
      [
        ["a:bot", "ACCESSES", "a:db", access("read")],
        ["a:bot", "CAN_IMPERSONATE", "a:other", maybe],
        ["a:other", "ACCESSES", "a:db", access("write")],
        ["a:other", "ACCESSES", "a:api", access("read")],
      ],
      ["resource:a:db read ACCESSES", "resource:a:api read? CAN_IMPERSONATE ACCESSES"],
    ],
    [
      "and more than access",
      [
        ["a:bot", "CAN_WRITE_CODE", "a:code"],
        ["a:bot", "CAN_READ_SECRET", "a:key"],
      ],
      ["resource:a:key read CAN_READ_SECRET", "resource:a:code control CAN_WRITE_CODE"],
    ],
    ["but not what only holds grants", [["a:bot", "MEMBER_OF", "a:team"]], []],
    [
      "but not what accessing something would give",
      [
        ["a:bot", "ACCESSES", "a:key", access("read")],
        ["a:key", "STORES", "a:other"],
        ["a:other", "ACCESSES", "a:db"],
      ],
      ["resource:a:key read ACCESSES"],
    ],
  ])("%s", (_, grants, expected) => expect(reached(grants).rows).toEqual(expected));

  it("are counted where there are more than are listed, and the most valuable are listed", () => {
    const grants: readonly Stated[] = ["a:api", "a:db", "a:key"].map((to) => ["a:bot", "ACCESSES", to, access("read")] as const);
    expect(reached(grants, 1)).toEqual({ rows: ["resource:a:db read ACCESSES"], total: 3 });
  });
});
