import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globMatches } from "../aws/glob.ts";
import { globsIntersect } from "./globs-intersect.ts";

const texts = (length: number): string[] =>
  length === 0 ? [""] : ["", ..."ab".split("").flatMap((c) => texts(length - 1).map((t) => c + t))];
const all = [...new Set(texts(6))];

describe("patterns", () => {
  it("overlap exactly when some text matches both", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 });
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        expect(globsIntersect(a, b)).toBe(all.some((text) => globMatches(a, text) && globMatches(b, text)));
        expect(globsIntersect(b, a)).toBe(globsIntersect(a, b));
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it("of many stars are still quick to compare", () => {
    expect(globsIntersect("*a".repeat(300), "a*".repeat(300))).toBe(true);
    expect(globsIntersect(`${"*a".repeat(300)}x`, "a*b".repeat(200))).toBe(false);
  });
});
