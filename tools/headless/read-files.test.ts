import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
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
