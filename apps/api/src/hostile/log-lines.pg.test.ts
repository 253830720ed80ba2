import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createLogger } from "@rollcall/platform";
import { buildApp } from "../build-app.ts";
import { ApiUnderTest, Browser } from "../testing/api-under-test.ts";

// What somebody who looks into an attack finds in the lines of the process.

type Line = Readonly<Record<string, unknown>>;
let api: ApiUnderTest;
let app: FastifyInstance;
let written: string[] = [];
beforeAll(async () => {
  api = await ApiUnderTest.start();
  app = await buildApp({
    ...api.parts,
    logger: createLogger("test", { level: "info", destination: { write: (text: string) => void written.push(text) } }),
  });
});
afterAll(async () => {
  await app?.close();
  await api?.stop();
});
beforeEach(() => {
  written = [];
});
const lines = (message: string): readonly Line[] => written.map((text) => JSON.parse(text) as Line).filter(({ msg }) => msg === message);
const me = async (browser: Browser): Promise<{ user: { id: string }; workspace: { id: string } }> => browser.query("session.me");

test("an answer names who asked, from where, when in UTC, and by which request", async () => {
  const admin = await api.admin();
  const { user, workspace } = await me(admin);
  const key = await api.apiKey(["read"], workspace.id);
  await app.inject({ url: "/api/v1/posture?x=c4nary", headers: { cookie: admin.cookie }, remoteAddress: "192.0.2.7" });
  await app.inject({ url: "/api/v1/posture", headers: { authorization: `Bearer ${key}` }, remoteAddress: "192.0.2.8" });
  await app.inject({ url: "/api/v1/posture", remoteAddress: "192.0.2.9" });
  const [keyRow] = await api.database.query("select id from api_key where workspace_id = $1 order by created_at desc limit 1", [
    workspace.id,
  ]);
  expect(lines("answered").map(({ from, by, path }) => ({ from, by, path }))).toEqual([
    { from: "192.0.2.7", by: `person:${user.id}`, path: "/api/v1/posture" },
    { from: "192.0.2.8", by: `key:${String(keyRow!["id"])}`, path: "/api/v1/posture" },
    { from: "192.0.2.9", by: null, path: "/api/v1/posture" },
  ]);
  for (const { time, reqId } of lines("answered")) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(reqId).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(written.join("")).not.toContain("c4nary");
});

test("what is refused is a line, in the API and in the interface of the pages", async () => {
  const admin = await api.admin();
  const { workspace } = await me(admin);
  const auditor = await api.invite(admin, "auditor", "lines@example.org");
  const key = await api.apiKey(["ingest"], workspace.id);
  await app.inject({ url: "/api/v1/posture", headers: { authorization: `Bearer ${key}` } });
  await app.inject({ url: "/trpc/settings.apiKeys.list", headers: { cookie: auditor.cookie } });
  expect(lines("request refused").map(({ code, procedure }) => ({ code, procedure }))).toEqual([
    { code: "forbidden", procedure: undefined },
    { code: "forbidden", procedure: "settings.apiKeys.list" },
  ]);
});

test("a refused sign-in is a line that tells one account from another, without the address or the password", async () => {
  const guess = (email: string) =>
    new Browser(app).send({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ email, password: "c4nary password" }),
    });
  for (const email of ["c4nary-one@example.org", "C4nary-One@example.org", "c4nary-two@example.org"])
    expect((await guess(email)).statusCode).toBe(401);
  const [first, again, other] = lines("sign-in refused");
  expect(first).toMatchObject({ path: "/api/auth/sign-in/email", from: "127.0.0.1", account: expect.stringMatching(/^[0-9a-f]{16}$/) });
  expect(again!["account"]).toBe(first!["account"]);
  expect(other!["account"]).not.toBe(first!["account"]);
  expect(written.join("").toLowerCase()).not.toContain("c4nary");
});

test("a failure of ours is a line of level error with its cause, which whoever asked is not told", async () => {
  const admin = await api.admin();
  await api.database.query("alter table posture_point rename to c4nary_elsewhere");
  try {
    const page = await app.inject({ url: "/trpc/posture.get", headers: { cookie: admin.cookie } });
    const route = await app.inject({ url: "/api/v1/posture", headers: { cookie: admin.cookie } });
    expect([page.statusCode, route.statusCode]).toEqual([500, 500]);
    expect(page.body + route.body).not.toMatch(/posture_point|c4nary|stack|relation/);
    const failed = [...lines("procedure failed"), ...lines("request failed")];
    expect(failed.length).toBeGreaterThanOrEqual(2);
    for (const line of failed) expect(line).toMatchObject({ level: "error", code: "internal", reqId: expect.any(String) });
    expect(JSON.stringify(failed)).toContain("posture_point");
  } finally {
    await api.database.query("alter table c4nary_elsewhere rename to posture_point");
  }
});
