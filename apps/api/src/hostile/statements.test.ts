import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// H10: what a person sends is bound to a statement, never part of its text.

const root = new URL("../../../../", import.meta.url).pathname;
const files = globSync(["apps/{api,worker}/src/**/*.ts", "libs/*/src/**/*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.ts$|\/testing\/|\/generated\//.test(path),
);
const matching = (pattern: RegExp): readonly string[] => files.filter((path) => pattern.test(readFileSync(root + path, "utf8"))).sort();

test("no way of running text as a statement is used", () => {
  expect(files.length).toBeGreaterThan(300);
  expect(matching(/\$(?:query|execute)RawUnsafe|Prisma\.raw\b|\braw\(/)).toEqual([]);
});

test("connections to the database are made in one library only", () => {
  expect(matching(/from "pg"|from "pg\//).filter((path) => !path.startsWith("libs/persistence/"))).toEqual([]);
  // Statements of the queue are the queue's own.
  expect(matching(/\.query\(\s*["'`](?:select|insert|update|delete)/i).filter((path) => !path.startsWith("libs/persistence/"))).toEqual([]);
});

test("an absent value in a condition is an error for the generated client", () => {
  expect(readFileSync(`${root}prisma/schema.prisma`, "utf8")).toMatch(/previewFeatures\s*=\s*\["strictUndefinedChecks"\]/);
});
