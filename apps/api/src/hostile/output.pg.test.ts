import { globSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "@rollcall/platform";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import { testRootKey } from "@rollcall/persistence/testing";
import { analyseWorkspace, applySync, type IngestionView } from "@rollcall/posture-pipeline";
import { buildApp } from "../build-app.ts";
import { ApiUnderTest } from "../testing/api-under-test.ts";
import { hostileText } from "./hostile-text.ts";

// H6, H7 and H8: what was stored comes back as data, whatever reads it next.

const payloads = [
  "<script>alert(1)</script>",
  '"><svg onload=alert(1)>',
  "javascript:alert(1)",
  "</title><img src=x onerror=alert(1)>",
  "<!--<iframe src=//evil.example>",
  "data:text/html,<script>alert(1)</script>",
  "{{constructor.constructor('alert(1)')()}}",
];
const formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"];
const names = [...payloads, ...formulas];

let api: ApiUnderTest;
let key: string;
let workspaceId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
  key = await api.apiKey(["admin"], workspaceId);
  const record = (name: string, at: number): string =>
    JSON.stringify({
      kind: "identity",
      ref: `bot/${at}`,
      identityKind: "bot",
      name,
      provider: "test",
      facts: {},
      attributes: { link: name },
    });
  const upload = await api.withKey(key, {
    method: "POST",
    url: "/api/v1/ingestions?account=output",
    headers: { "content-type": "application/x-ndjson" },
    payload: names.map(record).join("\n"),
  });
  const stores = createStores(runtimeUrls(api.database.ownerUrl, testRootKey));
  const logger = createLogger("test", { level: "silent" });
  for (const sync of upload.json<IngestionView>().syncs)
    await applySync({ ingest: stores.ingest, logger }, { workspaceId, syncId: sync.id });
  await analyseWorkspace({ ...stores, clock: api.clock, logger }, workspaceId);
  await stores.close();
});
afterAll(() => api?.stop());

const get = (url: string) => api.withKey(key, { method: "GET", url });

describe("H6 markup", () => {
  test("names come back unchanged, as JSON that no browser reads as a page", async () => {
    const response = await get("/api/v1/identities?limit=200");
    expect(
      response
        .json<{ items: { name: string }[] }>()
        .items.map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
    expect(response.headers["content-type"]).toMatch(/^application\/json/);
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
    expect(response.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("a refusal does not repeat what was sent", async () => {
    for (const payload of payloads) {
      const response = await get(`/api/v1/identities?sort=${encodeURIComponent(payload)}&x=${encodeURIComponent(payload)}`);
      expect([response.statusCode, response.headers["content-type"]]).toEqual([400, expect.stringContaining("application/problem+json")]);
      expect(response.body).not.toContain(payload);
    }
  });

  test("pages run the scripts of their nonce only, and none of ours writes markup from text", () => {
    const root = new URL("../../../../apps/dashboard/src/", import.meta.url).pathname;
    const policy = readFileSync(`${root}proxy.ts`, "utf8");
    expect(policy).toContain("'nonce-");
    expect(/script-src[^;`]*'unsafe-inline'/.test(policy)).toBe(false);
    const writers = globSync("**/*.{ts,tsx}", { cwd: root }).filter((path) =>
      /dangerouslySetInnerHTML|\.innerHTML\b|document\.write|new Function\(|\beval\(/.test(readFileSync(root + path, "utf8")),
    );
    // A QR code, drawn by a library as squares: the text in it is never markup.
    expect(writers).toEqual(["features/settings/second-factor-section.tsx"]);
  });
});

test("H7: a spreadsheet finds no formula in an export, and every name in it", async () => {
  const response = await get("/api/v1/identities?format=csv");
  const rows = parse(response.body, { columns: true }) as Record<string, string>[];
  for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
  expect(rows.map(({ name }) => name!.replace(/^'/, "")).sort()).toEqual([...names].sort());
});

test("H8: one JSON object a line, one line an answer, whatever the request contains", async () => {
  const written: string[] = [];
  const logger = createLogger("test", { level: "info", destination: { write: (text: string) => void written.push(text) } });
  const app = await buildApp({ ...api.parts, logger });
  const texts = Object.values(hostileText).map((text) => text.toWellFormed());
  let sent = 0;
  for (const text of texts) {
    const value = encodeURIComponent(text);
    for (const url of [`/api/v1/${value}`, `/api/v1/frameworks/${value}`, `/trpc/${value}`, `/api/auth/${value}`]) {
      await app.inject({ url, headers: { authorization: `Bearer ${key}`, "user-agent": value } });
      sent += 1;
    }
  }
  await app.close();
  const lines = written
    .join("")
    .split("\n")
    .filter((line) => line !== "");
  const parsed = lines.map((line) => JSON.parse(line) as { msg: string });
  expect(parsed.filter(({ msg }) => msg === "answered")).toHaveLength(sent);
  // eslint-disable-next-line no-control-regex
  expect(lines.join("")).not.toMatch(/[\u0000-\u001f]/);
});
