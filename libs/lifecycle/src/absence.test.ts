import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absenceState } from "./absence.ts";
import type { Presence, Sighting } from "./absence.ts";
import { decideRemovals } from "./decide-removals.ts";
import { deriveLifecycle } from "./derive-lifecycle.ts";
import type { LifecycleFacts } from "./derive-lifecycle.ts";
import { exceptionBudget } from "./exception.ts";

const start = "2026-11-21T00:00:00.000Z";
const hours = (count: number): string => new Date(Date.parse(start) + count * 3_600_000).toISOString();
const present: Presence = { missingSince: null, goneAt: null };
const missing: Presence = { missingSince: start, goneAt: null };
const gone: Presence = { missingSince: start, goneAt: hours(2) };
const absent = (at: string, changes: Partial<Sighting> = {}): Sighting => ({ at, outcome: "complete", listed: false, ...changes });

describe("absenceState", () => {
  it.each([
    ["the first complete listing without it", present, absent(start), "missing"],
    ["a second one too soon", missing, absent(hours(0.9)), "missing"],
    ["a second one an hour later", missing, absent(hours(1)), "gone"],
    ["an incomplete listing", present, absent(start, { outcome: "partial" }), "present"],
    ["a denied listing after a complete one", missing, absent(hours(5), { outcome: "denied" }), "missing"],
    ["a failed listing after a complete one", missing, absent(hours(5), { outcome: "failed" }), "missing"],
    ["a direct lookup that found nothing", present, absent(start, { outcome: "partial", confirmedGone: true }), "gone"],
    ["being listed again while missing", missing, absent(hours(3), { listed: true }), "present"],
    ["being listed again after it was gone", gone, absent(hours(9), { listed: true, outcome: "partial" }), "present"],
    ["staying away", gone, absent(hours(9)), "gone"],
  ] as const)("%s", (_, before, sighting, state) => {
    expect(absenceState(before, sighting).state).toBe(state);
  });

  it("remembers since when, and never says gone without two complete listings an hour apart", () => {
    expect(absenceState(gone, absent(hours(9)))).toEqual({ ...gone, state: "gone" });
    expect(absenceState(missing, absent(hours(3)))).toEqual({ state: "gone", missingSince: start, goneAt: hours(3) });
    const sighting = fc.record({
      after: fc.double({ min: 0.1, max: 3, noNaN: true }),
      listed: fc.boolean(),
      outcome: fc.constantFrom("complete", "partial", "denied", "failed"),
    });
    fc.assert(
      fc.property(fc.array(sighting as fc.Arbitrary<{ after: number; listed: boolean; outcome: Sighting["outcome"] }>), (list) => {
        let state: Presence = present;
        let at = 0;
        let absences: number[] = [];
        for (const { after, listed, outcome } of list) {
          at += after;
          if (listed) absences = [];
          else if (outcome === "complete") absences.push(Date.parse(hours(at)));
          state = absenceState(state, { at: hours(at), listed, outcome });
          const proven = absences.length > 1 && (absences.at(-1) as number) - (absences[0] as number) >= 3_600_000;
          expect(state.goneAt !== null).toBe(proven);
          expect(state.missingSince !== null).toBe(absences.length > 0);
        }
      }),
    );
  });
});

describe("decideRemovals", () => {
  const scope = (scopeId: string, existing: number, removed: number) => ({ scopeId, existing, absent: removed });
  it.each([
    ["nothing is absent", [scope("a", 100, 0)], "apply"],
    ["ten of fifteen", [scope("a", 15, 10)], "apply"],
    ["eleven of a hundred and ten (10 %)", [scope("a", 110, 11)], "apply"],
    ["eleven of a hundred and nine", [scope("a", 109, 11)], "hold"],
    ["a small scope emptied", [scope("a", 1, 1)], "hold"],
    ["an empty scope stays empty", [scope("a", 0, 0)], "apply"],
    ["five hundred in all", [scope("a", 10_000, 250), scope("b", 10_000, 250)], "apply"],
    ["five hundred and one in all", [scope("a", 10_000, 251), scope("b", 10_000, 250)], "hold"],
  ])("%s", (_, scopes, decision) => {
    expect(decideRemovals(scopes).decision).toBe(decision);
  });

  it("holds the whole run for one suspicious scope, each with its reason", () => {
    const result = decideRemovals([scope("a", 40, 20), scope("b", 1000, 1), scope("c", 10, 0)]);
    expect(result.apply).toEqual([]);
    expect(result.held).toEqual([
      { scopeId: "a", reason: "20 of 40 objects of this scope would disappear (50 %)." },
      { scopeId: "b", reason: "Another scope of this run is held; its removals wait together." },
    ]);
  });
  it("applies the scopes that lose something", () => {
    expect(decideRemovals([scope("a", 100, 3), scope("b", 100, 0)])).toEqual({ decision: "apply", apply: ["a"], held: [] });
  });
});

describe("deriveLifecycle", () => {
  const none: LifecycleFacts = { missingSince: null, goneAt: null };
  const used = (daysAgo: number): string => hours(-24 * daysAgo);
  it.each([
    ["discovered", none],
    ["discovered", { ...none, registered: false, status: "active" }],
    ["registered", { ...none, registered: true, status: "active" }],
    ["active", { ...none, lastUsedAt: used(90), observedDays: 100 }],
    ["dormant", { ...none, lastUsedAt: used(91), observedDays: 60, registered: true }],
    ["registered", { ...none, lastUsedAt: used(91), observedDays: 59, registered: true }],
    ["discovered", { ...none, lastUsedAt: used(500) }],
    ["disabled", { ...none, status: "suspended", lastUsedAt: used(1) }],
    ["decommissioned", { ...none, status: "disabled", decommissionedAt: used(3) }],
    ["active", { ...none, status: "active", decommissionedAt: used(3), lastUsedAt: used(1) }],
    ["decommissioned", { ...none, status: "deleted" }],
    ["missing", { ...none, missingSince: start, status: "active", lastUsedAt: used(1) }],
    ["gone", { ...none, missingSince: start, goneAt: start, status: "deleted" }],
  ] as const)("%s (%#)", (state, facts) => {
    expect(deriveLifecycle(facts, { now: start })).toBe(state);
  });
});

describe("exceptionBudget", () => {
  it("counts running exceptions and names the next end", () => {
    const ending = (at: string) => ({ reason: "r", compensatingControl: "c", ownerId: "u", expiresAt: at });
    expect(exceptionBudget([ending(hours(5)), ending(hours(2)), ending(hours(-1))], 2, start)).toEqual({
      used: 2,
      limit: 2,
      left: 0,
      nextExpiryAt: hours(2),
    });
  });
});
