import { expect, test } from "vitest";
import { graphFromRows } from "@rollcall/access-graph";
import type { GraphEdge, GraphNode } from "@rollcall/access-graph";
import { answerExposure } from "./answer-exposure.ts";
import { upToDate } from "../testing/up-to-date.ts";
import { answerMembers } from "./answer-members.ts";
import { answerRadius } from "./answer-radius.ts";
import { answerRoutes } from "./answer-routes.ts";

const node = (key: string, change: Partial<GraphNode> = {}): GraphNode => ({
  key,
  kind: key.startsWith("resource") ? "resource" : "identity",
  subkind: "role",
  entityId: key,
  label: key.split(":")[1] ?? key,
  provider: "aws",
  account: "1",
  environment: null,
  weight: 0,
  weightReason: null,
  tierZero: false,
  ...change,
});
const edge = (from: number, to: number, change: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  kind: "CAN_ASSUME",
  conditional: false,
  level: null,
  why: {
    technique: null,
    facts: [{ ref: "trust", detail: "trust policy allows it" }],
    conditions: change.conditional ? ["source address"] : [],
  },
  ...change,
});
/** a -> b -> (write) store; a ~> c if a condition holds; c -> (admin) vault. */
const graph = graphFromRows(
  [
    node("identity:a"),
    node("identity:b"),
    node("identity:c"),
    node("resource:store", { weight: 50 }),
    node("resource:vault", { weight: 100, tierZero: true }),
  ],
  [
    edge(0, 1),
    edge(1, 3, { kind: "ACCESSES", level: "write" }),
    edge(0, 2, { conditional: true }),
    edge(2, 4, { kind: "ACCESSES", level: "admin" }),
  ],
  [{ ref: "b", what: "policy_document_missing", detail: "policy X has no document" }],
);

const closed = { open: [], show: [] };
const everything = { group: null, search: "", offset: 0, limit: 50 };

test("reach as an interval, with what is conditional and what is only at least", () => {
  const { blast, ...answer } = answerRadius(upToDate(graph), "identity:a", closed);
  expect(blast).toMatchObject({ min: 400, max: 1400, tierZero: "conditional", assets: { min: 1, max: 2 }, identities: { min: 1, max: 2 } });
  expect(answer).toMatchObject({
    atLeast: true,
    gaps: [{ what: "policy_document_missing", ref: "b", detail: "policy X has no document" }],
    gapsTotal: 1,
  });
  const { items, total } = answerMembers(graph, { node: "identity:a", direction: "out", ...everything });
  expect(total).toBe(4);
  expect(Object.fromEntries(items.map((item) => [item.label, [item.level, item.conditional, item.hop]]))).toEqual({
    vault: ["admin", true, 2],
    store: ["write", false, 2],
    b: [null, false, 1],
    c: [null, true, 1],
  });
});

test("what is far off stands behind what adds nearly as much at once, and the blast radius counts both in full", () => {
  // start -> (admin) near, worth 500; start -> one -> two -> (admin) far, worth 600, two hops further on.
  const nodes = [
    node("identity:start"),
    node("identity:one"),
    node("identity:two"),
    node("resource:far", { weight: 60 }),
    node("resource:near", { weight: 50 }),
  ];
  const access = { kind: "ACCESSES", level: "admin" } as const;
  const far = graphFromRows(nodes, [edge(0, 1), edge(1, 2), edge(2, 3, access), edge(0, 4, access)], []);
  const listed = answerMembers(far, { node: "identity:start", direction: "out", ...everything });
  expect(listed.items.map((item) => item.label)).toEqual(["near", "far", "one", "two"]);
  expect(answerRadius(upToDate(far), "identity:start", closed).blast.min).toBe(1100);
});

test("who reaches an identity", () => {
  expect(answerExposure(upToDate(graph), "identity:b", closed).reachers.identities).toEqual({ min: 1, max: 1 });
  const { items } = answerMembers(graph, { node: "identity:b", direction: "in", ...everything });
  expect(items.map((item) => item.label)).toEqual(["a"]);
});

test("what the graph does not know is not found", () => {
  expect(() => answerRadius(upToDate(graph), "nobody", closed)).toThrow("knows nothing");
});

test("a route has a sentence and facts per hop; no way is no route", () => {
  const ways = (from: string, to: string) => answerRoutes(upToDate(graph), { from, to, snapshot: null }).routes;
  const [route] = ways("identity:a", "resource:vault");
  expect(route).toMatchObject({ conditional: true });
  expect(route?.hops).toHaveLength(2);
  expect(route?.hops[0]).toMatchObject({ conditions: ["source address"], facts: [{ ref: "trust" }] });
  expect(ways("identity:b", "identity:a")).toEqual([]);
});
