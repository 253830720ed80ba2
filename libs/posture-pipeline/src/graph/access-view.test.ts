import { expect, test } from "vitest";
import { graphFromRows, type GraphEdge, type GraphNode } from "@rollcall/access-graph";
import { accessView } from "./access-view.ts";
import { pathView } from "./path-view.ts";

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

test("reach as an interval, with what is conditional and what is only at least", () => {
  const view = accessView(graph, "identity:a");
  expect(view.blast).toMatchObject({
    min: 400,
    max: 1400,
    tierZero: "conditional",
    assets: { min: 1, max: 2 },
    identities: { min: 1, max: 2 },
  });
  expect(view.reaches.map((row) => [row.label, row.level, row.conditional, row.hops])).toEqual([
    ["vault", "admin", true, 2],
    ["store", "write", false, 2],
  ]);
  expect(view.controls.map((row) => [row.label, row.conditional, row.hops])).toEqual([
    ["b", false, 1],
    ["c", true, 1],
  ]);
  expect(view).toMatchObject({
    atLeast: true,
    gaps: [{ what: "policy_document_missing", detail: "policy X has no document" }],
    reachesTotal: 2,
    controlsTotal: 2,
  });
});

test("who reaches an identity", () => {
  const view = accessView(graph, "identity:b");
  expect(view.reachedBy.map((row) => row.label)).toEqual(["a"]);
});

test("an identity the graph does not know is not found", () => {
  expect(() => accessView(graph, "nobody")).toThrow("knows nothing");
});

test("a path has a sentence and facts per hop; no way is null", () => {
  const at = (key: string) => graph.indexByKey.get(key)!;
  const path = pathView(graph, at("identity:a"), at("resource:vault"));
  expect(path).toMatchObject({ from: "a", to: "vault", conditional: true });
  expect(path?.hops).toHaveLength(2);
  expect(path?.hops[0]).toMatchObject({ conditions: ["source address"], facts: [{ ref: "trust" }] });
  expect(pathView(graph, at("identity:b"), at("identity:a"))).toBeNull();
});
