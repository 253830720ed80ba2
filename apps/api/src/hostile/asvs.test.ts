import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asvsLevels } from "./asvs-levels.ts";

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

const levels = Object.entries(asvsLevels).flatMap(([chapter, sections]) =>
  sections.flatMap((digits, section) =>
    Array.from(digits, (digit, at) => ({ id: `${chapter}.${section + 1}.${at + 1}`, level: Number(digit) })),
  ),
);
const wanted = levels.filter(({ level }) => level < 3);

test("the standard is as large as it is: 70 requirements of level 1, 183 of level 2", () => {
  const ofLevel = (wantedLevel: number): number => levels.filter(({ level }) => level === wantedLevel).length;
  expect([ofLevel(1), ofLevel(2), levels.length]).toEqual([70, 183, 345]);
});

test.each(Object.keys(asvsLevels))("chapter %s is judged as a whole, each requirement at its level", (chapter) => {
  const of = (list: readonly { readonly id: string; readonly level: number }[]): readonly string[] =>
    list.filter(({ id }) => id.startsWith(`${chapter}.`)).map(({ id, level }) => `${id} level ${level}`);
  expect(of(requirements)).toEqual(of(wanted));
});

test("SECURITY.md counts the verdicts as they are", () => {
  const count = (verdict: string): number => requirements.filter((one) => one.verdict === verdict).length;
  expect(readFileSync(`${root}SECURITY.md`, "utf8").replaceAll(/\s+/g, " ")).toContain(
    `Of the ${requirements.length} requirements of levels 1 and 2 of OWASP ASVS 5.0.0, ${count("met")} are met, ${count("partial")} partly, ${count("not met")} not, and ${count("not applicable")} do not apply`,
  );
});

test("what is said to be met is shown by a test, or follows from there being nothing to attack", () => {
  const bare = requirements.filter(({ verdict, tests }) => verdict === "met" && tests.length === 0).map(({ id }) => id);
  // Nothing asks for new passwords by age, no secret questions, length of backup codes, one provider, passwords of roles, scrypt's place in versions.
  expect(bare).toEqual(["6.2.10", "6.4.2", "6.5.4", "10.2.2", "13.2.3"]);
});
