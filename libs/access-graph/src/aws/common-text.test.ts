import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globsIntersect } from "../federation/globs-intersect.ts";
import { commonText, run } from "./common-text.ts";
import { globMatches } from "./glob.ts";

describe("commonText", () => {
  const patternOf = (...signs: string[]) => fc.array(fc.constantFrom(...signs), { maxLength: 8 }).map((parts) => parts.join(""));
  const pattern = patternOf("a", "b", "+", ":", "*", "?");
  it("is matched by both patterns, and there is one exactly when they meet", () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const text = commonText(a, b);
        expect(text !== null).toBe(globsIntersect(a, b));
        if (text !== null) expect([globMatches(a, text), globMatches(b, text)]).toEqual([true, true]);
      }),
      { numRuns: 3000 },
    );
  });
  it("keeps a part of the shape within its colons", () => {
    fc.assert(
      fc.property(pattern, patternOf("a", ":", "+", run), (a, shape) => {
        const text = commonText(a, shape);
        if (text === null) return;
        const expression = new RegExp(`^${shape.replaceAll("+", "\\+").replaceAll(run, "[^:]*")}$`);
        expect([globMatches(a, text), expression.test(text)]).toEqual([true, true]);
      }),
      { numRuns: 3000 },
    );
  });
  it("says any where both are free, and nothing where they do not meet", () => {
    expect(commonText("arn:aws:x:*", `arn:aws:x:${run}:1:f:${run}`)).toBe("arn:aws:x:any:1:f:any");
    expect(commonText("arn:aws:x:*:2:f:*", `arn:aws:x:${run}:1:f:${run}`)).toBeNull();
    expect(commonText("a*", "b*")).toBeNull();
  });
  it("takes a plus for itself, as names have it", () => {
    expect(commonText("role/a+b", "role/a+b")).toBe("role/a+b");
    expect(commonText("role/a-b", "role/a+b")).toBeNull();
  });
  it("gives up on patterns longer than any name", () => {
    expect(commonText("*".repeat(100_000), "*a".repeat(50))).toBeNull();
  });
});
