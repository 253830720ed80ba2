import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installIsCurrent } from "./installed-packages.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rollcall-install-"));
  mkdirSync(join(root, "node_modules", "@x"), { recursive: true });
  mkdirSync(join(root, "node_modules", "@x", "lib"));
  write("package.json", { dependencies: { a: "1.0.0" } });
  write("package-lock.json", {
    packages: {
      "": { dependencies: { a: "1.0.0" } },
      "node_modules/a": { version: "1.0.0" },
      "node_modules/a-mac": { version: "1.0.0", optional: true },
      "node_modules/@x/lib": { link: true },
    },
  });
  write("node_modules/.package-lock.json", { packages: { "node_modules/a": { version: "1.0.0" } } });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const write = (path, value) => writeFileSync(join(root, path), JSON.stringify(value));

test("an install that matches is left alone", () => expect(installIsCurrent(root)).toBe(true));

test.each([
  ["no node_modules", () => rmSync(join(root, "node_modules"), { recursive: true })],
  ["an interrupted install", () => rmSync(join(root, "node_modules", ".package-lock.json"))],
  ["another version", () => write("node_modules/.package-lock.json", { packages: { "node_modules/a": { version: "0.9.0" } } })],
  ["a missing workspace link", () => rmSync(join(root, "node_modules", "@x", "lib"), { recursive: true })],
  ["a dependency the lock does not know", () => write("package.json", { dependencies: { a: "1.0.0", b: "1.0.0" } })],
])("%s is noticed", (_name, damage) => {
  damage();
  expect(installIsCurrent(root)).toBe(false);
});
