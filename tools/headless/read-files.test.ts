import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readFiles } from "./read-files.ts";
import { analyseHere } from "./testing.ts";

let folder = "";
const put = (name: string, text: string): void => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-folder-"));
  const server = JSON.stringify({ mcpServers: { files: { command: "npx", args: ["server"] } } });
  put("acme/shop/.github/workflows/deploy.yml", "name: deploy\non: push\njobs:\n  d:\n    runs-on: ubuntu-latest\n    steps: []\n");
  put("acme/shop/.mcp.json", server);
  put("laptop/.cursor/mcp.json", server);
  put("acme/shop/.git/config.json", server);
  put("acme/shop/._details.json", "\0");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a folder is read with the hidden places where workflows and agents are configured, and without the notes of tools", async () => {
  const { report } = await analyseHere(folder);
  expect(report.files).toBe(3);
  expect(report.identities.map(({ ref }) => ref).filter((ref) => /\/(?:agent|workflow)\/[^/]+$/.test(ref))).toEqual([
    "github:acme/shop/workflow/deploy.yml",
    "mcp:laptop/agent/Cursor",
    "mcp:shop/agent/Claude Code",
  ]);
});

it("a folder is read whatever way it is named", () => {
  const names = readFiles([folder]).files.map(({ name }) => name);
  expect(names).toHaveLength(3);
  expect(readFiles([`${folder}/`, join(folder, "acme/..")]).files.map(({ name }) => name)).toEqual(names);
  expect(readFiles([`${relative(process.cwd(), folder)}/./`]).files.map(({ name }) => name)).toEqual(names);
  expect(readFiles([`./${relative(process.cwd(), folder)}`]).files.map(({ name }) => name)).toEqual(names);
});

it("single files keep the folders that say whose they are", () => {
  const named = (...paths: string[]): string[] => readFiles(paths.map((path) => join(folder, path))).files.map(({ name }) => name);
  put("clusters/prod/pods.json", "{}");
  put("clusters/staging/pods.json", "{}");
  put("clusters/details.json", "{}");
  expect(named("clusters/prod/pods.json")).toEqual(["pods.json"]);
  expect(named("clusters/prod/pods.json", "clusters/staging/pods.json")).toEqual(["prod/pods.json", "staging/pods.json"]);
  expect(named("clusters/details.json", "clusters/prod/pods.json")).toEqual(["details.json", "prod/pods.json"]);
  expect(named("laptop/.cursor/mcp.json")).toEqual(["laptop/.cursor/mcp.json"]);
  // Only the caller's own words, or other files beside it, say that a folder is an owner.
  expect(named("acme/shop/.github/workflows/deploy.yml")).toEqual(["shop/.github/workflows/deploy.yml"]);
  expect(named("acme/shop/.github/workflows/deploy.yml", "clusters/details.json")).toEqual([
    "acme/shop/.github/workflows/deploy.yml",
    "clusters/details.json",
  ]);
});

it("an owner that the caller types counts", () => {
  const before = process.cwd();
  try {
    process.chdir(folder);
    const path = "acme/shop/.github/workflows/deploy.yml";
    expect(readFiles([path]).files.map(({ name }) => name)).toEqual([path]);
    process.chdir(join(folder, "acme"));
    expect(readFiles([path.slice("acme/".length)]).files.map(({ name }) => name)).toEqual(["shop/.github/workflows/deploy.yml"]);
  } finally {
    process.chdir(before);
  }
});
