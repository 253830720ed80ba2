import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../../", import.meta.url).pathname;
interface Requirement {
  readonly id: string;
  readonly level: number;
  readonly verdict: string;
  readonly tests: readonly { readonly file: string; readonly test: string }[];
  readonly reason: string;
}
const { requirements } = JSON.parse(readFileSync(`${root}docs/security/asvs.json`, "utf8")) as { requirements: readonly Requirement[] };

test("every requirement is judged once, with a reason", () => {
  expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
  for (const { id, level, verdict, reason } of requirements) {
    expect(id).toMatch(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/);
    expect([1, 2]).toContain(level);
    expect(["met", "partial", "not met", "not applicable"]).toContain(verdict);
    expect(reason.length, id).toBeGreaterThan(10);
  }
});

test("every test that is named exists under that name", () => {
  const missing = requirements.flatMap(({ id, tests }) =>
    tests
      .filter(({ file, test: name }) => !existsSync(root + file) || !readFileSync(root + file, "utf8").includes(`"${name}"`))
      .map(({ file, test: name }) => `${id}: ${file} "${name}"`),
  );
  expect(missing).toEqual([]);
});

/** How many requirements of levels 1 and 2 a section of the standard has. */
const chapters: Readonly<Record<string, readonly number[]>> = {
  "6": [3, 12, 4, 4, 5, 3, 0, 4],
  "9": [3, 4],
  "10": [2, 2, 4, 11, 5, 2, 3],
  "11": [2, 3, 3, 4, 1, 1, 0],
  "12": [3, 2, 4],
  "13": [1, 5, 2, 5],
  "14": [2, 4, 3],
};
test.each(Object.entries(chapters))("chapter %s is judged as a whole", (chapter, sections) => {
  const judged = sections.map((_, at) => requirements.filter(({ id }) => id.startsWith(`${chapter}.${at + 1}.`)).length);
  expect(judged).toEqual(sections);
});

test("what is said to be met is shown by a test, or follows from there being nothing to attack", () => {
  const bare = requirements.filter(({ verdict, tests }) => verdict === "met" && tests.length === 0).map(({ id }) => id);
  // Nothing asks for new passwords by age, no secret questions, length of backup codes, one provider, passwords of roles, scrypt's place in versions.
  expect(bare).toEqual(["6.2.10", "6.4.2", "6.5.4", "10.2.2", "13.2.3"]);
});
