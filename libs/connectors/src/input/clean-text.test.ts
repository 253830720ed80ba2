import { describe, expect, it } from "vitest";
import { cleanDeep, cleanText } from "./clean-text.ts";

describe("cleaning", () => {
  it.each([
    ["a\u0000b", "ab"],
    ["x\ud800", "x\ufffd"],
    ["line\nbreak\ttab", "line\nbreak\ttab"],
    ["\u001b[31mred\u009b", "[31mred"],
    ["Zoë 👩‍🚀", "Zoë 👩‍🚀"],
  ])("%j is %j", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
  it("hands back what is clean and copies what is not", () => {
    const clean = { a: ["b", { c: 1 }] };
    expect(cleanDeep(clean)).toBe(clean);
    expect(cleanDeep({ "k\u0000": ["x\u0000", Number.POSITIVE_INFINITY] })).toEqual({ k: ["x", null] });
    expect(cleanDeep(JSON.parse('{"__proto__":{"x":1},"a":1}'))).toEqual({ a: 1 });
  });
  it("takes one pass however deep the unclean text lies", () => {
    let value: unknown = "x\u0000";
    for (let level = 0; level < 100; level += 1) value = { v: value };
    expect(JSON.stringify(cleanDeep(value))).not.toContain("\\u0000");
  });
});
