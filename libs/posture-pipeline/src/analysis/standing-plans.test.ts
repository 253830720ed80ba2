import { expect, test } from "vitest";
import type { AccessGraph } from "@rollcall/access-graph";
import type { WorkspaceSnapshot } from "../ports/analysis-store.ts";
import { planStandings, type StoredPlan } from "./standing-plans.ts";

const node = (key: string) => ({ key }) as AccessGraph["nodes"][number];
const graphWith = (
  edges: readonly (readonly [level: "read" | "write", conditional: boolean])[],
  gaps: readonly string[] = [],
): AccessGraph => ({
  nodes: [node("identity:bot"), node("resource:ledger")],
  edges: edges.map(([level, conditional]) => ({
    from: 0,
    to: 1,
    kind: "ACCESSES",
    conditional,
    level,
    why: { technique: null, facts: [], conditions: [] },
  })),
  indexByKey: new Map([
    ["identity:bot", 0],
    ["resource:ledger", 1],
  ]),
  gaps: gaps.map((ref) => ({ ref, what: "policy_document_missing" as const, detail: "not exported" })),
  totalWeight: 0,
});
const snapshotWith = (status: string, credentials: readonly object[] = []): WorkspaceSnapshot =>
  ({ sources: [{ id: "s", status }], credentials }) as unknown as WorkspaceSnapshot;
const key = (facts: Record<string, string>) => ({
  ref: "key",
  facts: Object.fromEntries(Object.entries(facts).map(([name, known]) => [name, { known, source: "s", observedAt: known }])),
});

type Check = StoredPlan["plan"]["check"];
const lost: Check["edges"]["edges"][number] = { from: "identity:bot", to: "resource:ledger", kind: "ACCESSES", technique: null, keeps: [] };
const plan = (check: Partial<Check>): StoredPlan => ({
  taskId: "t",
  plan: { asOf: "2026-11-01T00:00:00Z", sourceIds: ["s"], check: { edges: { edges: [], total: 0 }, rotations: [], refs: [], ...check } },
});
const standings = (check: Partial<Check>, graph: AccessGraph, snapshot: WorkspaceSnapshot = snapshotWith("ok")) => {
  const { standing, unread } = planStandings([plan(check)], { graph, snapshot });
  return { standing: standing.has("t"), unread: unread.has("t") };
};
const edges = (keeps: (typeof lost)["keeps"] = []) => ({ edges: { edges: [{ ...lost, keeps }], total: 1 } });

test("a plan stands while an edge it takes away is there", () => {
  expect(standings(edges(), graphWith([["read", true]]))).toEqual({ standing: true, unread: false });
  expect(standings(edges(), graphWith([]))).toEqual({ standing: false, unread: false });
});

test("what the plan leaves is not held against it, what is stronger is", () => {
  const readOnly = edges([{ points: 5, conditional: false }]);
  expect(standings(readOnly, graphWith([["read", false]])).standing).toBe(false);
  expect(standings(readOnly, graphWith([["write", true]])).standing).toBe(true);
  const conditional = edges([{ points: 8, conditional: true }]);
  expect(standings(conditional, graphWith([["write", true]])).standing).toBe(false);
  expect(standings(conditional, graphWith([["read", false]])).standing).toBe(true);
});

test("what could not be read says nothing: a source that failed, one that is gone, a policy without its document", () => {
  expect(standings(edges(), graphWith([]), snapshotWith("failed")).unread).toBe(true);
  expect(standings(edges(), graphWith([]), { ...snapshotWith("ok"), sources: [] }).unread).toBe(true);
  expect(standings({ ...edges(), refs: ["policy"] }, graphWith([], ["policy"])).unread).toBe(true);
  expect(standings({ ...edges(), refs: ["policy"] }, graphWith([], ["another"])).unread).toBe(false);
});

test("a credential is rotated when its value is newer than the plan, or gone; not when its age is unknown", () => {
  const rotation = { rotations: ["key"] };
  const stands = (credentials: readonly object[]) => standings(rotation, graphWith([]), snapshotWith("ok", credentials)).standing;
  expect(stands([key({ createdAt: "2020-01-01T00:00:00Z", lastRotatedAt: "2026-11-01T00:00:00Z" })])).toBe(true);
  expect(stands([key({ createdAt: "2020-01-01T00:00:00Z", lastRotatedAt: "2026-11-02T00:00:00Z" })])).toBe(false);
  expect(stands([key({})])).toBe(true);
  expect(stands([])).toBe(false);
});
