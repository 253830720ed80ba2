import { expect, test } from "vitest";
import { parseYaml } from "./parse-yaml.ts";

test("references that multiply are refused before they are unpacked", () => {
  const levels = Array.from({ length: 12 }, (_, at) =>
    at === 0 ? "a0: &a0 [x,x,x,x,x,x,x,x,x,x]" : `a${at}: &a${at} [${`*a${at - 1},`.repeat(9)}*a${at - 1}]`,
  );
  expect(parseYaml(levels.join("\n"))).toEqual({ ok: false, line: null });
});

test.each([
  "!!js/function 'function () { return 1 }'",
  "!!js/regexp /x/",
  "!!python/object/apply:os.system ['true']",
  "!ruby/object:Object {}",
])("%s makes plain data or nothing", (text) => {
  const result = parseYaml(`a: ${text}`);
  const value = result.ok ? (result.value as { a: unknown }).a : null;
  expect(typeof value).not.toBe("function");
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
});

test("a key that reaches prototypes stays a key of its own", () => {
  const result = parseYaml("__proto__: { isAdmin: true }");
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(result.ok && (result.value as { isAdmin?: boolean }).isAdmin).toBeFalsy();
});

test("a damaged document is refused by its line, and nothing of it is repeated", () => {
  expect(parseYaml("a: 1\nb: [c4nary\n")).toEqual({ ok: false, line: expect.any(Number) });
});
