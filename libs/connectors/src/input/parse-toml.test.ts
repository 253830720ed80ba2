import { expect, it } from "vitest";
import { parseToml } from "./parse-toml.ts";

it("reads tables, lists over several lines and large numbers", () => {
  expect(parseToml('\uFEFF[a."b c"]\nd = [\n  "x", # why\n]\ne = 9007199254740993\n')).toEqual({
    ok: true,
    value: { a: { "b c": { d: ["x"], e: 9007199254740993n } } },
  });
});

it.each([
  ["what is cut off", 'a = 1\nb = "CANARY', 2],
  ["a key given twice", "a = 1\na = 2\n", 2],
  ["a key that reaches prototypes", "[__proto__]\na = 1\n", 1],
  ["what is nested without end", `a = ${"[".repeat(5000)}`, 1],
])("refuses %s, and tells the line without quoting it", (_, text, line) => {
  expect(parseToml(text)).toEqual({ ok: false, line });
});
