import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// Every promise has something that shows it, or says that nothing does.

const root = new URL("../../../../", import.meta.url).pathname;
interface Promised {
  readonly id: string;
  readonly what: string;
  readonly tests: readonly { readonly file: string; readonly test: string }[];
  readonly command?: { readonly run: string; readonly file: string };
  readonly open?: string;
}
const { promises } = JSON.parse(readFileSync(`${root}docs/security/promises.json`, "utf8")) as { promises: readonly Promised[] };
const scripts = (JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { scripts: Record<string, string> }).scripts;
const idsOf = (letter: string, count: number): readonly string[] => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);

test("a fault that is tried is not called open", () => {
  const folder = `${root}tools/faults/faults/`;
  const tried = readdirSync(folder).flatMap((file) => /id: "(F\d+)"/.exec(readFileSync(folder + file, "utf8"))?.[1] ?? []);
  expect(tried.length).toBeGreaterThan(10);
  expect(promises.filter(({ id, command }) => tried.includes(id) && command === undefined).map(({ id }) => id)).toEqual([]);
});

test("no promise is left out, and none is made twice", () => {
  const wanted = [...idsOf("H", 12), ...idsOf("F", 18), ...idsOf("L", 8), ...idsOf("A", 12)];
  expect(promises.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
});

describe.each(promises)("$id $what", ({ id, tests, command, open }) => {
  test("has a test, a command, or the reason why not", () => {
    expect(tests.length > 0 || command !== undefined || (open ?? "").length > 10).toBe(true);
    // What comes in from outside is always tried by `npm test`.
    if (id.startsWith("H")) expect(tests.length).toBeGreaterThan(0);
  });
  test.each(tests)("$file: $test", ({ file, test: name }) => {
    expect(existsSync(root + file)).toBe(true);
    const text = readFileSync(root + file, "utf8");
    expect([`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => text.includes(quoted))).toBe(true);
  });
  test.runIf(command !== undefined)("the command is there, and what it runs", () => {
    const [, script] = /^npm (?:run )?([\w:]+)/.exec(command!.run) ?? [];
    expect(Object.keys(scripts)).toContain(script);
    expect(existsSync(root + command!.file)).toBe(true);
    if (id.startsWith("F")) expect(readFileSync(root + command!.file, "utf8")).toContain(`id: "${id}"`);
  });
});
