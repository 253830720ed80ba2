import { describe, expect, it } from "vitest";
import { cleanJson, cleanText } from "./clean-text.ts";

describe("cleanText and cleanJson", () => {
  it("drops NUL and replaces lone surrogates, in keys too, and leaves the rest alone", () => {
    expect(cleanText("a\0b")).toBe("ab");
    expect(cleanText("\ud800x")).toBe("\ufffdx");
    expect(JSON.parse(cleanJson({ "k\0": ["\udc00", 1, null], plain: "ok" }))).toEqual({ k: ["\ufffd", 1, null], plain: "ok" });
    expect(cleanJson({ b: 1, a: "é" })).toBe('{"b":1,"a":"é"}');
  });
});
