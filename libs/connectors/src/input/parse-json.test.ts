import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json.ts";

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON that somebody sends", () => {
  it("may nest thirty-two deep, not one deeper", () => {
    expect(parseJson(nested(32), 32)).toMatchObject({ ok: true });
    expect(parseJson(nested(33), 32)).toMatchObject({ ok: false, code: "too_deep" });
    expect(parseJson(`{"a":${nested(31)}}`, 32)).toMatchObject({ ok: true });
    expect(parseJson(`{"a":${nested(32)}}`, 32)).toMatchObject({ ok: false, code: "too_deep" });
  });
  it("a million deep takes neither the stack nor the time", () => {
    expect(parseJson(nested(1_000_000), 32)).toMatchObject({ ok: false, code: "too_deep" });
    expect(parseJson("[".repeat(1_000_000), 32).ok).toBe(false);
  });
  it("brackets inside text do not count", () => {
    expect(parseJson(JSON.stringify({ text: `${nested(500)}\\"[[[` }), 32)).toMatchObject({ ok: true });
  });
  it.each(['{"__proto__":1}', '{"a":[{"__proto__":{}}]}', '{"constructor":{"prototype":1}}', '{"\\u005f_proto__":1}'])(
    "%s is refused",
    (text) => {
      expect(parseJson(text, 32)).toMatchObject({ ok: false, code: "forbidden_key" });
    },
  );
});
