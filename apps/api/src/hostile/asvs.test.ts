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
