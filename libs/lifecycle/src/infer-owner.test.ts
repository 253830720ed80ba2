import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Human, OwnerClaim } from "@rollcall/nhi-model";
import { inferOwner } from "./infer-owner.ts";

const claim = (more: Partial<OwnerClaim>): OwnerClaim => ({
  identityId: "i", ownerKind: "team", personRef: null, label: "payments", signal: "tag:owner", weight: 0.5, observedAt: "2026-01-01T00:00:00Z", ...more,
});
const people = (...rows: Human[]): ReadonlyMap<string, Human> => new Map(rows.map((row) => [row.ref, row]));

describe("inferOwner", () => {
  it("adds up claims for the same owner and shows who came second", () => {
    const inference = inferOwner([
      claim({ signal: "creator", label: "Platform", weight: 0.5 }), claim({}), claim({ signal: "codeowners", weight: 0.3, label: "Payments" }),
    ], people());
    expect(inference).toMatchObject({ label: "payments", signals: ["codeowners", "tag:owner"], confidence: 0.62, runnerUp: { label: "Platform", confidence: 0.38 } });
  });

  it("says when the person has left", () => {
    const gone: Human = { ref: "u1", name: "Ana Ruiz", email: null, status: "departed", departedAt: "2026-02-01T00:00:00Z" };
    expect(inferOwner([claim({ ownerKind: "person", personRef: "u1", label: "ana" })], people(gone)))
      .toMatchObject({ label: "Ana Ruiz", status: "departed", departedAt: "2026-02-01T00:00:00Z" });
  });

  it("has no owner when nobody is named", () => {
    expect(inferOwner([claim({ ownerKind: "none" })], people())).toBeNull();
  });

  it("does not depend on the order of the claims", () => {
    const any = fc.record({ label: fc.constantFrom("a", "b", "c"), weight: fc.constantFrom(0.2, 0.5), signal: fc.constantFrom("x", "y") }).map((c) => claim(c));
    fc.assert(fc.property(fc.array(any, { maxLength: 6 }), (claims) => {
      expect(inferOwner([...claims].reverse(), people())?.label).toBe(inferOwner(claims, people())?.label);
    }));
  });
});
