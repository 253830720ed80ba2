import fc from "fast-check";
import { expect, test } from "vitest";
import { lineDiff } from "./line-diff.ts";

test("says what goes, what comes and what stays", () => {
  const before = '[\n  "s3:GetObject",\n  "s3:PutObject"\n]';
  const after = '[\n  "s3:GetObject"\n]';
  expect(lineDiff(before, after)).toEqual([
    { kind: "same", text: "[" },
    { kind: "same", text: '  "s3:GetObject"' },
    { kind: "gone", text: '  "s3:PutObject"' },
    { kind: "same", text: "]" },
  ]);
});

const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 12 }).map((lines) => lines.join("\n"));

test("both texts can be read out of it", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after);
      const without = (kind: "gone" | "new"): string =>
        lines
          .filter((line) => line.kind !== kind)
          .map((line) => line.text)
          .join("\n");
      expect(without("new")).toBe(before);
      expect(without("gone")).toBe(after);
    }),
  );
});
