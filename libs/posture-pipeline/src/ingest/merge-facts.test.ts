import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFacts } from "./merge-facts.ts";
import type { StatedFactsOf } from "./merge-facts.ts";

const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T00:00:00Z`;

describe("mergeFacts", () => {
  it("prefers a known value over an unknown one, whatever the dates", () => {
    const merged = mergeFacts([
      { dataset: "report", observedAt: at(9), facts: { status: { unknown: "denied" } } },
      { dataset: "details", observedAt: at(1), facts: { status: "active" } },
    ]);
    expect(merged["status"]).toEqual({ known: "active", source: "details", observedAt: at(1) });
  });

  it("takes the newer of two known values", () => {
    const merged = mergeFacts([
      { dataset: "a", observedAt: at(1), facts: { environment: "dev" } },
      { dataset: "b", observedAt: at(2), facts: { environment: "prod" } },
    ]);
    expect(merged["environment"]).toMatchObject({ known: "prod" });
  });

  it("takes the latest use and the earliest creation, because each dataset sees only a part", () => {
    const merged = mergeFacts([
      { dataset: "a", observedAt: at(9), facts: { "usage.lastUsedAt": at(2), createdAt: at(4) } },
      { dataset: "b", observedAt: at(8), facts: { "usage.lastUsedAt": at(7), createdAt: at(3) } },
    ]);
    expect(merged["usage.lastUsedAt"]).toMatchObject({ known: at(7) });
    expect(merged["createdAt"]).toMatchObject({ known: at(3) });
  });

  it("calls two different answers of the same instant a conflict", () => {
    const merged = mergeFacts([
      { dataset: "a", observedAt: at(1), facts: { criticality: "low" } },
      { dataset: "b", observedAt: at(1), facts: { criticality: "high" } },
    ]);
    expect(merged["criticality"]).toMatchObject({ unknown: "conflicting" });
  });

  it("does not depend on the order of the statements", () => {
    const statement = fc.record({
      dataset: fc.constantFrom("a", "b", "c"),
      observedAt: fc.integer({ min: 1, max: 4 }).map(at),
      facts: fc.dictionary(
        fc.constantFrom("status", "createdAt", "usage.lastUsedAt"),
        fc.oneof(fc.constantFrom("x", "y", "z"), fc.constant({ unknown: "denied" as const })),
      ),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(statement, { maxLength: 5, selector: (s) => `${s.dataset}${s.observedAt}` }),
        fc.nat(),
        (statements, seed) => {
          const shuffled = [...statements]
            .map((s, i) => ({ s, k: (i * 7919 + seed) % 101 }))
            .sort((a, b) => a.k - b.k)
            .map(({ s }) => s);
          expect(mergeFacts(shuffled as StatedFactsOf[])).toEqual(mergeFacts(statements as StatedFactsOf[]));
        },
      ),
      { numRuns: 500 },
    );
  });
});
