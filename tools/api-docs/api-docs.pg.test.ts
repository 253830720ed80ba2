import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TokenIssuer } from "../../apps/api/src/testing/token-issuer.ts";
import { startRealServer, type RealServer } from "../rest-client/real-server.ts";
import { answersOf, differences, readExamples, scriptOf } from "./read-examples.ts";

// Every example of docs/api.md is run as it stands there, from top to bottom, against the real API with the real worker behind it.

const root = join(import.meta.dirname, "..", "..");
const examples = readExamples(readFileSync(join(root, "docs", "api.md"), "utf8"));
const missing = ["bash", "curl", "jq"].filter((name) => spawnSync(name, ["--version"]).error !== undefined);
const mark = "@@example";

let server: RealServer;
let issuer: TokenIssuer;
let answers: readonly string[] = [];
let said = "";

async function federation(): Promise<string> {
  const admin = await server.api.admin();
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
    cwd: server.folder,
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
  server = await startRealServer({ privateHosts: [issuer.host] });
  mkdirSync(join(server.folder, ".data"));
  writeFileSync(join(server.folder, ".data", "cli-token"), `${server.key}\n`);
  const claims = { sub: "repo:acme/shop", repository: "acme/shop", aud: "https://rollcall.example.org" };
  const output = await runExamples({
    ROLLCALL_URL: server.url,
    FEDERATION: await federation(),
    SUBJECT_TOKEN: await issuer.token(claims),
  });
  answers = answersOf(output, mark);
}, 240_000);
afterAll(async () => {
  await server?.stop();
  await issuer?.stop();
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
