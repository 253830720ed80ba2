import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testRootKey } from "@rollcall/persistence/testing";
import { ApiUnderTest } from "../../apps/api/src/testing/api-under-test.ts";
import { TokenIssuer } from "../../apps/api/src/testing/token-issuer.ts";
import { Child } from "../faults/child-process.ts";
import { answersOf, differences, readExamples, scriptOf } from "./read-examples.ts";

// Every example of docs/api.md is run as it stands there, from top to bottom, against the real API with the real worker behind it.

const root = join(import.meta.dirname, "..", "..");
const examples = readExamples(readFileSync(join(root, "docs", "api.md"), "utf8"));
const missing = ["bash", "curl", "jq"].filter((name) => spawnSync(name, ["--version"]).error !== undefined);
const mark = "@@example";

let api: ApiUnderTest;
let issuer: TokenIssuer;
let worker: Child;
let answers: readonly string[] = [];
let said = "";
const folder = mkdtempSync(join(tmpdir(), "rollcall-api-docs-"));

async function federation(): Promise<string> {
  const admin = await api.admin();
  const me = await admin.query<{ user: { id: string } }>("session.me");
  const user = { name: "builds", purpose: "Pushes", ownerUserId: me.user.id };
  const { id: serviceUserId } = await admin.mutate<{ id: string }>("settings.serviceUsers.create", user);
  const conditions = [{ claim: "repository", match: "exact", value: "acme/shop" }];
  const trusted = {
    serviceUserId,
    name: "main",
    issuer: issuer.url,
    audience: "https://rollcall.example.org",
    conditions,
    scopes: ["ingest"],
  };
  return (await admin.mutate<{ id: string }>("settings.federations.create", trusted)).id;
}

function runExamples(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const child = spawn("bash", ["--norc", "--noprofile", "-c", scriptOf(examples, mark)], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env },
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  return new Promise((resolve) => child.once("close", () => resolve(output)));
}

beforeAll(async () => {
  if (missing.length > 0) return;
  issuer = await TokenIssuer.start();
  api = await ApiUnderTest.start(null, null, [issuer.host]);
  const admin = await api.admin();
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  mkdirSync(join(folder, ".data"));
  writeFileSync(join(folder, ".data", "cli-token"), `${await api.apiKey(["ingest", "read"], workspace.id)}\n`);
  await api.app.listen({ host: "127.0.0.1", port: 0 });
  worker = new Child({
    args: [join(root, "apps/worker/src/main.ts")],
    cwd: root,
    logFile: join(folder, "worker.log"),
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: api.database.ownerUrl,
      ROLLCALL_SECRET: testRootKey,
      ROLLCALL_DATA_DIR: folder,
      NODE_ENV: "production",
    },
  });
  const claims = { sub: "repo:acme/shop", repository: "acme/shop", aud: "https://rollcall.example.org" };
  const output = await runExamples({
    ROLLCALL_URL: `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`,
    FEDERATION: await federation(),
    SUBJECT_TOKEN: await issuer.token(claims),
  });
  answers = answersOf(output, mark);
}, 240_000);
afterAll(async () => {
  await worker?.stop();
  await api?.stop();
  await issuer?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the page has an example of everything that an integration meets", () => {
  const text = examples.map(({ script }) => script).join("\n");
  for (const part of [
    "x-ndjson",
    "application/json",
    "gzip",
    "Idempotency-Key",
    "/rejected",
    "mapping=",
    "cursor=",
    "format=csv",
    "/api/v1/token",
  ])
    expect(text).toContain(part);
});

describe.skipIf(missing.length > 0)(`docs/api.md${missing.length > 0 ? ` (needs ${missing.join(", ")})` : ""}`, () => {
  test.each(examples.map((example, at) => ({ ...example, at })))("the example on line $line", ({ answer, at }) => {
    expect(answers.length, `it was not come to; the last one said: ${said.slice(-600)} ${answers.at(-1)?.slice(-600)}`).toBeGreaterThan(at);
    if (answer === null) return;
    expect(differences(answer, JSON.parse(answers[at]!)), said.slice(-600)).toEqual([]);
  });
});
