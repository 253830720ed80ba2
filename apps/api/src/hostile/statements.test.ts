import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// H10: what a person sends is bound to a statement, never part of its text; nor is it part of an expression, a program or a command.

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

const everywhere = globSync(["apps/*/src/**/*.{ts,tsx}", "libs/*/src/**/*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.tsx?$|\/testing\/|\/generated\//.test(path),
);
const matchingAnywhere = (pattern: RegExp): readonly string[] =>
  everywhere.filter((path) => pattern.test(readFileSync(root + path, "utf8"))).sort();

test("programs are started for the embedded database only, by a list of arguments", () => {
  const programs = matchingAnywhere(/["'](?:node:)?child_process["']/);
  expect(programs).toEqual([
    "libs/platform/src/postgres/init-cluster.ts",
    "libs/platform/src/postgres/postgres-server.ts",
    "libs/platform/src/process-identity.ts",
  ]);
  expect(programs.filter((path) => /\bshell:|\bexec(?:Sync)?\b/.test(readFileSync(root + path, "utf8")))).toEqual([]);
});

test("no expression is built from what somebody sends", () => {
  // Of letters that stand in the source.
  expect(matchingAnywhere(/new RegExp\(|(?<![.\w])RegExp\(/)).toEqual(["libs/nhi-model/src/deceptive-text.ts"]);
});

test("no text is run as a program", () => {
  expect(matchingAnywhere(/new Function\(|(?<![.\w])eval\(/)).toEqual([]);
  // One constant word, to collect memory.
  expect(matchingAnywhere(/["'](?:node:)?vm["']/)).toEqual(["apps/api/src/graph/collect-between-answers.ts"]);
  expect(readFileSync(`${root}apps/api/src/graph/collect-between-answers.ts`, "utf8").match(/runIn\w+\([^)]*\)/g)).toEqual([
    'runInNewContext("gc")',
  ]);
});

test("no parser of XML, template engine or client of mail, directories or caches is among the packages", () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { dependencies: Record<string, string> };
  expect(
    Object.keys(dependencies).filter((name) =>
      /xml|sax|xpath|xslt|ldap|mail|smtp|imap|memcach|handlebars|mustache|nunjucks|ejs|pug|liquid|markdown|marked|graphql|(?:^|\/)ws$|socket|webrtc|saml/.test(
        name,
      ),
    ),
  ).toEqual([]);
});
