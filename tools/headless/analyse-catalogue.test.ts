import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueAccount, styles } from "./catalogue-account.ts";
import type { CataloguePath, Style } from "./catalogue-account.ts";
import { analyseHere } from "./testing.ts";

const file = resolve(import.meta.dirname, "../../../shared/data/aws-privesc-paths/paths.json");
const catalogue: readonly CataloguePath[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const permissionsOf = ({ permissions }: CataloguePath): readonly string[] => permissions.required.map(({ permission }) => permission);

/** Ids given after the snapshot of the catalogue: an existing task definition is enough. */
const later: readonly (readonly string[])[] = [
  ["iam:PassRole", "ecs:RunTask"],
  ["iam:PassRole", "ecs:StartTask"],
];

/** Listed as required, but only to find one's way: the technique works without. */
const onlyHelpful = new Set(["ec2:DescribeInstances"]);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-catalogue-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function routesOf(path: CataloguePath, permissions: readonly string[], style: Style) {
  const { start, details } = catalogueAccount(path, permissions, style);
  const name = join(folder, "details.json");
  writeFileSync(name, JSON.stringify(details));
  const { report } = await analyseHere(name);
  return report.escalationPaths.filter(({ from }) => from === start);
}

const idsOf = (routes: Awaited<ReturnType<typeof routesOf>>): string[] =>
  routes.flatMap(({ hops }) => hops.flatMap(({ techniques }) => techniques));

describe.skipIf(catalogue.length === 0)("every technique of the catalogue (needs ../shared/data/aws-privesc-paths)", () => {
  describe.each(styles)("as %s", (style) => {
    test.each(catalogue)("$id", async (path) => {
      const routes = await routesOf(path, permissionsOf(path), style);
      expect(idsOf(routes)).toContain(path.id);
      for (const { reaches } of routes) expect(reaches).toEqual(["arn:aws:iam::111122223333:root"]);
    });
  });

  describe("without one of its permissions", () => {
    const controls = catalogue.flatMap((path) =>
      permissionsOf(path)
        .filter((permission) => !onlyHelpful.has(permission))
        .map((without) => ({ path, id: path.id, without })),
    );
    test.each(controls)("$id without $without", async ({ path, without }) => {
      const rest = permissionsOf(path).filter((permission) => permission !== without);
      const others = [...catalogue.map(permissionsOf), ...later].filter((required) =>
        required.every((permission) => rest.includes(permission) || onlyHelpful.has(permission)),
      );
      const routes = await routesOf(path, rest, "inline policy, one resource each");
      if (others.length === 0) expect(routes).toEqual([]);
      expect(idsOf(routes)).not.toContain(path.id);
    });
  });
});
