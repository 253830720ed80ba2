import { describe, expect, it } from "vitest";
import type { ScopePlan } from "../ports/ingest-store.ts";
import { planRemovals } from "./ingest-sync.ts";

const plan = (scopeId: string, more: Partial<ScopePlan>): ScopePlan => ({
  scopeId,
  scope: { connector: "aws", dataset: scopeId, account: "1", region: "global" },
  outcome: "complete",
  existing: 200,
  added: 0,
  changed: 0,
  unchanged: 0,
  absent: 0,
  removable: 0,
  ...more,
});

describe("planRemovals", () => {
  it("lets a few go, and asks a person about many", () => {
    expect(planRemovals([plan("a", { absent: 5 })])).toEqual({ removalScopeIds: ["a"], held: [], removals: 5 });
    const many = planRemovals([plan("a", { absent: 150 })]);
    expect(many.removalScopeIds).toEqual([]);
    expect(many.held).toHaveLength(1);
  });

  it("takes nothing from what was not read completely, however much is absent", () => {
    expect(planRemovals([plan("a", { outcome: "partial", absent: 200 })])).toEqual({ removalScopeIds: [], held: [], removals: 0 });
  });

  it("lets what a person approved go, but still only from complete listings", () => {
    const plans = [plan("a", { absent: 150 }), plan("b", { outcome: "denied", absent: 150 })];
    expect(planRemovals(plans, 150)).toEqual({ removalScopeIds: ["a"], held: [], removals: 150 });
  });

  it("asks again when more would go than was approved", () => {
    const grown = planRemovals([plan("a", { absent: 151 })], 150);
    expect(grown.removalScopeIds).toEqual([]);
    expect(grown.held).toEqual([expect.stringContaining("150 removals were approved, but 151")]);
  });
});
