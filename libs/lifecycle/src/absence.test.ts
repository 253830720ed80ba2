import { describe, expect, it } from "vitest";
import { absenceState, decideRemovals } from "./absence.ts";

const heldIds = (scopes: Parameters<typeof decideRemovals>[0]): readonly string[] => decideRemovals(scopes).held.map((h) => h.scopeId);

describe("decideRemovals", () => {
  it.each([
    ["ten of twenty: not more than ten", { existing: 20, absent: 10 }, false],
    ["eleven of twenty", { existing: 20, absent: 11 }, true],
    ["eleven of a hundred and ten: exactly ten percent", { existing: 110, absent: 11 }, false],
    ["twelve of a hundred and ten", { existing: 110, absent: 12 }, true],
    ["the only one of a scope", { existing: 1, absent: 1 }, true],
    ["nothing", { existing: 5, absent: 0 }, false],
  ])("%s", (_, scope, held) => {
    expect(heldIds([{ scopeId: "s", ...scope }])).toEqual(held ? ["s"] : []);
  });

  it("holds every removal of a run that takes more than 500 in all", () => {
    const scopes = ["a", "b"].map((scopeId) => ({ scopeId, existing: 100_000, absent: 251 }));
    expect(heldIds(scopes)).toEqual(["a", "b"]);
    expect(heldIds(scopes.slice(0, 1))).toEqual([]);
  });
});

describe("absenceState", () => {
  it("is missing first and gone only when missed again an hour later", () => {
    expect(absenceState(null, "2026-01-01T00:00:00Z")).toEqual({ state: "missing", missingSince: "2026-01-01T00:00:00Z" });
    expect(absenceState("2026-01-01T00:00:00Z", "2026-01-01T00:59:59Z").state).toBe("missing");
    expect(absenceState("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z").state).toBe("gone");
  });

  it("does not count a listing older than the one that missed it first", () => {
    expect(absenceState("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")).toEqual({ state: "missing", missingSince: "2026-01-01T00:00:00Z" });
  });
});
