import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// What stays in a browser when its person has left. The session is a cookie that no script sees.

const root = new URL("../", import.meta.url).pathname;
const files = globSync("**/*.{ts,tsx}", { cwd: root }).filter((path) => !path.endsWith(".test.ts"));
const textOf = (path: string): string => readFileSync(root + path, "utf8");

test("browser storage holds looks, chosen columns and saved views, by one way", () => {
  const using = (pattern: RegExp): readonly string[] => files.filter((path) => pattern.test(textOf(path)));
  expect(using(/\b(?:localStorage|sessionStorage|indexedDB|caches\.open)\b/)).toEqual(["ui/use-remembered.ts"]);
  // Which workspace was chosen; it grants nothing.
  expect(using(/\bdocument\.cookie\b/)).toEqual(["features/shell/workspace-menu.tsx"]);
  expect(textOf("features/shell/workspace-menu.tsx").match(/document\.cookie = `?"?(\w+)/)?.[1]).toBe("rollcall_workspace");
  const kept = files.flatMap((path) => [...textOf(path).matchAll(/\buseRemembered(?:<[^>]+>)?\(\s*["`]([^"`]+)/g)].map(([, name]) => name));
  expect([...new Set(kept)].toSorted()).toEqual(["density", "graph-look", "inventory-columns", "views:${session?.workspace.id ?? "]);
});
