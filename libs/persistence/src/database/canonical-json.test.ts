import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

const keysInOrder = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(keysInOrder);
  const keys = Object.keys(value);
  return keys.every((key, index) => index === 0 || keys[index - 1]! < key) && Object.values(value).every(keysInOrder);
};

/** Keys that are no array indices: those come first in every object, whatever order they were written in. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: "grapheme" }),
    tie("list"),
    tie("map"),
  ),
  list: fc.array(tie("any"), { maxLength: 4 }),
  map: fc.dictionary(fc.stringMatching(/^[a-zA-Z.]{1,3}$/), tie("any"), { maxKeys: 6, noNullPrototype: true }),
})).any;
const reversed = (item: unknown): unknown => {
  if (typeof item !== "object" || item === null) return item;
  if (Array.isArray(item)) return item.map(reversed);
  return Object.fromEntries(
    Object.entries(item)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
};

describe("canonical JSON", () => {
  it("says the same in one order of keys, at any depth, and leaves the value as it was", () => {
    fc.assert(
      fc.property(value, (given) => {
        const before = JSON.stringify(given);
        const text = canonicalJson(given);
        expect(JSON.parse(text)).toEqual(JSON.parse(before));
        expect(keysInOrder(JSON.parse(text))).toBe(true);
        expect(canonicalJson(reversed(given))).toBe(text);
        expect(JSON.stringify(given)).toBe(before);
      }),
    );
  });
});
