import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { ESLint } from "eslint";
import { importsOf } from "./code-text.ts";
import { checkExports } from "./exports.ts";
import { checkLicences, isAcceptable } from "./licences.ts";
import { checkLockfile } from "./lockfile.ts";
import { checkNames } from "./names.ts";
import { checkOwners } from "./owners.ts";
import { checkPackages } from "./packages.ts";
import { checkPurity } from "./purity.ts";

const root = dirname(dirname(import.meta.dirname));

describe("a planted violation is found", () => {
  test.each([
    ["libs/nhi-model/src/FactValue.ts", "kebab"],
    ["libs/nhi-model/src/utils/fact.ts", '"utils"'],
    ["libs/nhi-model/src/someThing/fact.ts", '"someThing"'],
  ])("name %s", (path, message) => {
    expect(checkNames([path])).toEqual([expect.objectContaining({ path, message: expect.stringContaining(message) })]);
  });

  test.each([
    ["libs/jobs/src/index.ts", 'export * from "./queue.ts";'],
    ["libs/jobs/src/index.ts", 'export * as queue from "./queue.ts";'],
    ["libs/jobs/src/queue/index.ts", 'export { a } from "./a.ts";'],
    ["libs/jobs/src/a.test.ts", 'test.only("a", () => {});'],
  ])("export in %s: %s", (path, text) => {
    expect(checkExports([{ path, text }])).toHaveLength(1);
  });

  test.each([
    'import { readFileSync } from "node:fs";',
    'import { AppError } from "@rollcall/platform";',
    'const x = await import("node:path");',
    "const now = Date.now();",
    "const now = new Date();",
    "const level = process.env.LEVEL;",
    "const id = Math.random();",
    'const page = fetch("/x");',
  ])("impurity: %s", (text) => {
    expect(checkPurity([{ path: "libs/lifecycle/src/task.ts", text }])).toHaveLength(1);
    expect(checkPurity([{ path: "libs/posture-pipeline/src/task.ts", text }])).toEqual([]);
  });

  test.each([
    ["libs/posture-pipeline/src/a.ts", 'import pg from "pg";'],
    ["apps/api/src/a.ts", 'import { PrismaClient } from "@prisma/client";'],
    ["apps/worker/src/a.ts", 'import { Worker } from "bullmq";'],
    ["apps/dashboard/src/a.ts", 'import { appRouter } from "@rollcall/api-router";'],
    ["apps/dashboard/src/a.ts", 'import {\n  type A,\n  b,\n} from "@rollcall/api-router";'],
  ])("owner: %s %s", (path, text) => {
    expect(checkOwners([{ path, text }])).toHaveLength(1);
  });

  test.each([
    { name: "@rollcall/x", nx: { tags: ["layer:unheard-of"] } },
    { nx: { tags: ["layer:model"] }, exports: { "./src/*": "./src/*" } },
    { nx: { tags: ["layer:model"] }, dependencies: { "left-pad": "1.0.0" } },
  ])("package %j", (manifest) => {
    expect(checkPackages([{ path: "libs/x/package.json", text: JSON.stringify(manifest) }])).toHaveLength(1);
  });

  test("lock: a missing platform package and a bound registry", () => {
    const packages = {
      "node_modules/a": { version: "1.0.0", optionalDependencies: { "a-linux": "1", "a-darwin": "1" } },
      "node_modules/a-linux": { version: "1.0.0" },
      "node_modules/b": { version: "1.0.0", resolved: "https://npm.example.com/b.tgz" },
    };
    expect(checkLockfile(packages).map(({ message }) => message)).toEqual([
      expect.stringContaining("a-darwin"),
      expect.stringContaining("node_modules/b"),
    ]);
  });

  test("licence: copyleft that ships, not what only builds", () => {
    const packages = {
      "node_modules/a": { license: "AGPL-3.0-or-later" },
      "node_modules/b": { license: "GPL-3.0", dev: true },
      "node_modules/c": {},
    };
    expect(checkLicences(packages, () => null).map(({ message }) => message)).toEqual([
      expect.stringContaining("AGPL"),
      expect.stringContaining("node_modules/c"),
    ]);
    expect(isAcceptable("(MIT OR GPL-3.0)")).toBe(true);
    expect(isAcceptable("MIT AND GPL-2.0-only")).toBe(false);
    expect(isAcceptable("LGPL-3.0-or-later")).toBe(true);
    expect(isAcceptable("Elastic-2.0")).toBe(false);
  });
});

test("what is allowed passes", () => {
  expect(checkNames(["apps/dashboard/src/app/(main)/identities/[id]/page.tsx", "libs/jobs/src/queue.pg.test.ts", "README.md"])).toEqual([]);
  const text =
    '// export * from "x"; Date.now()\nimport { z } from "zod";\nconst note = "new Date() and process.env";\nexport const at = (now: Date) => new Date(now.getTime());\n';
  expect(checkPurity([{ path: "libs/lifecycle/src/task.ts", text }])).toEqual([]);
  expect(checkExports([{ path: "libs/lifecycle/src/task.ts", text }])).toEqual([]);
  expect(checkOwners([{ path: "apps/dashboard/src/a.ts", text: 'import type { AppRouter } from "@rollcall/api-router";' }])).toEqual([]);
});

test("imports are read over several lines and not out of comments", () => {
  const text = 'import {\n  a,\n} from "one";\n/* import b from "two" */\nexport type { C } from "three";\nimport "four";';
  expect(importsOf(text)).toEqual([
    { from: "one", line: 3, typeOnly: false },
    { from: "three", line: 5, typeOnly: true },
    { from: "four", line: 6, typeOnly: false },
  ]);
});

describe("boundaries", () => {
  const eslint = new ESLint({ cwd: root });
  const lint = async (path: string, from: string): Promise<number> => {
    const results = await eslint.lintText(`import { x } from "${from}";\nexport { x };\n`, { filePath: `${root}/${path}` });
    return results.flatMap(({ messages }) => messages).filter(({ ruleId }) => ruleId === "@nx/enforce-module-boundaries").length;
  };

  test.each([
    ["libs/nhi-model/src/planted.ts", "@rollcall/platform"],
    ["libs/access-graph/src/planted.ts", "@rollcall/risk-scoring"],
    ["libs/lifecycle/src/planted.ts", "@rollcall/access-graph"],
    ["libs/platform/src/planted.ts", "@rollcall/nhi-model"],
    ["libs/posture-pipeline/src/planted.ts", "@rollcall/persistence"],
    ["libs/jobs/src/planted.ts", "@rollcall/persistence"],
    ["libs/api-router/src/planted.ts", "@rollcall/connectors"],
    ["apps/dashboard/src/planted.ts", "@rollcall/persistence"],
    ["apps/worker/src/planted.ts", "@rollcall/api-router"],
    ["libs/jobs/src/planted.ts", "../../platform/src/clock.ts"],
  ])("%s may not import %s", { timeout: 60_000 }, async (path, from) => {
    expect(await lint(path, from)).toBe(1);
  });

  test.each([
    ["libs/risk-scoring/src/planted.ts", "@rollcall/access-graph"],
    ["libs/persistence/src/planted.ts", "@rollcall/posture-pipeline"],
    ["apps/api/src/planted.ts", "@rollcall/jobs"],
    ["apps/dashboard/src/planted.ts", "@rollcall/nhi-model"],
  ])("%s may import %s", { timeout: 60_000 }, async (path, from) => {
    expect(await lint(path, from)).toBe(0);
  });
});
