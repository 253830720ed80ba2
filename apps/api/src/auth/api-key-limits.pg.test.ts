import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testRootKey } from "@rollcall/persistence/testing";
import { createLogger } from "@rollcall/platform";
import type { ApiKeyRow } from "@rollcall/posture-pipeline";
import { buildApp } from "../build-app.ts";
import { compose } from "../compose.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";

let api: ApiUnderTest;
let admin: Browser;
let workspaceId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
});
afterAll(() => api?.stop());

const status = async (key: string, remoteAddress = "127.0.0.1"): Promise<number> =>
  (await api.withKey(key, { method: "GET", url: "/api/v1/posture", remoteAddress })).statusCode;
const keys = (): Promise<readonly ApiKeyRow[]> => admin.query("settings.apiKeys.list");

describe("an API key", () => {
  test("works only from the networks it is bound to", async () => {
    const key = await api.apiKey(["read"], workspaceId, { networks: ["10.0.0.0/8", "2001:db8::/32"] });
    expect(await status(key, "10.20.30.40")).toBe(200);
    expect(await status(key, "2001:db8::7")).toBe(200);
    expect(await status(key, "192.0.2.1")).toBe(403);
  });

  test("behind a proxy of the operator it is judged by the address that the proxy saw, and by no other", async () => {
    const key = await api.apiKey(["read"], workspaceId, { networks: ["192.0.2.0/24", "2001:db8::/32"] });
    const app = await buildApp({ ...api.parts, trustedProxies: ["10.1.0.0/16", "fd00:1::/32"] });
    const from = async (remoteAddress: string, forwarded?: string): Promise<number> =>
      (
        await app.inject({
          url: "/api/v1/posture",
          remoteAddress,
          headers: { authorization: `Bearer ${key}`, ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }) },
        })
      ).statusCode;
    try {
      expect(await from("10.1.2.3", "192.0.2.7")).toBe(200);
      expect(await from("fd00:1::5", "2001:db8::7, 10.1.9.9")).toBe(200);
      expect(await from("10.1.2.3", "198.51.100.1")).toBe(403);
      // What the client wrote itself stands left of what the proxy added.
      expect(await from("10.1.2.3", "192.0.2.7, 198.51.100.1")).toBe(403);
      expect(await from("198.51.100.1", "192.0.2.7")).toBe(403);
      expect(await from("10.1.2.3")).toBe(403);
      expect(await from("10.1.2.3", "unknown")).toBe(403);
    } finally {
      await app.close();
    }
    // Without a proxy that is named, nobody's word about addresses counts.
    expect(
      (await api.withKey(key, { method: "GET", url: "/api/v1/posture", headers: { "x-forwarded-for": "192.0.2.7" } })).statusCode,
    ).toBe(403);
  });

  test("imports only what it is bound to, and nothing of an upload that speaks for others", async () => {
    const record = (source: string) =>
      `{"source":"${source}"}\n${JSON.stringify({ kind: "identity", ref: `bot/${source}`, identityKind: "bot", name: source, provider: "t" })}\n`;
    const send = async (key: string, ...sources: readonly string[]) =>
      api.withKey(key, {
        method: "POST",
        url: "/api/v1/ingestions",
        headers: { "content-type": "application/x-ndjson" },
        payload: sources.map(record).join(""),
      });
    const one = await api.apiKey(["ingest"], workspaceId, { sources: ["push:farm"] });
    expect((await send(one, "farm")).statusCode).toBe(202);
    const before = (await api.database.query("select count(*)::int as n from ingestion"))[0]!["n"];
    const refused = await send(one, "farm", "other");
    expect(refused.statusCode).toBe(403);
    expect(refused.json<{ detail: string }>().detail).toContain("push:other");
    expect((await api.database.query("select count(*)::int as n from ingestion"))[0]!["n"]).toBe(before);
    const all = await api.apiKey(["ingest"], workspaceId, { sources: ["push"] });
    expect((await send(all, "farm", "other")).statusCode).toBe(202);
    const none = await api.apiKey(["ingest"], workspaceId, { sources: ["aws:123456789012"] });
    expect((await send(none, "farm")).statusCode).toBe(403);
  });

  test("is rotated with an overlap: both work, then only the new one", async () => {
    const made = await admin.mutate<{ key: string; apiKey: ApiKeyRow }>("settings.apiKeys.create", {
      name: "Nightly",
      scopes: ["read"],
      networks: ["127.0.0.0/8"],
    });
    const rotated = await admin.mutate<{ key: string; apiKey: ApiKeyRow }>("settings.apiKeys.rotate", {
      id: made.apiKey.id,
      overlapHours: 1,
    });
    expect(rotated.apiKey).toMatchObject({ name: "Nightly", scopes: ["read"], networks: ["127.0.0.0/8"], replacedBy: null });
    expect([await status(made.key), await status(rotated.key)]).toEqual([200, 200]);
    const rows = new Map((await keys()).map((row) => [row.id, row]));
    expect(rows.get(made.apiKey.id)?.replacedBy).toBe(rotated.apiKey.id);
    expect(rows.has(rotated.apiKey.id)).toBe(true);
    // Once is enough: a second successor would leave two live keys that nobody counts on.
    expect((await admin.mutateRaw("settings.apiKeys.rotate", { id: made.apiKey.id })).statusCode).toBe(404);
    api.clock.forwardMinutes(61);
    // The session is idle for longer than it may be by then; the keys are what is asked.
    expect([await status(made.key), await status(rotated.key)]).toEqual([401, 200]);
  });

  test("lives 90 days and 366 at most; its predecessor another day, and a week at most", async () => {
    const again = await api.admin();
    const days = (from: number, to: string): number => Math.round((Date.parse(to) - from) / 8_640_000) / 10;
    const now = api.clock.now().getTime();
    const made = await again.mutate<{ apiKey: ApiKeyRow }>("settings.apiKeys.create", { name: "Default", scopes: ["read"] });
    expect(days(now, made.apiKey.expiresAt)).toBe(90);
    const longest = { name: "Longest", scopes: ["read"], expiresInDays: 366 };
    expect((await again.mutateRaw("settings.apiKeys.create", longest)).statusCode).toBe(200);
    expect((await again.mutateRaw("settings.apiKeys.create", { ...longest, expiresInDays: 367 })).statusCode).toBe(400);
    const { id } = made.apiKey;
    expect((await again.mutateRaw("settings.apiKeys.rotate", { id, overlapHours: 7 * 24 + 1 })).statusCode).toBe(400);
    const next = await again.mutate<{ apiKey: ApiKeyRow }>("settings.apiKeys.rotate", { id });
    expect(days(now, next.apiKey.expiresAt)).toBe(90);
    const rows = await again.query<readonly ApiKeyRow[]>("settings.apiKeys.list");
    expect(days(now, rows.find((row) => row.id === id)!.expiresAt)).toBe(1);
  });

  test("that was revoked in one process is refused by the next request to another", async () => {
    const again = await api.admin();
    const parts = compose(
      {
        databaseUrl: api.database.ownerUrl,
        rootKey: testRootKey,
        host: "127.0.0.1",
        port: 4700,
        origin: "http://localhost:4700",
        dashboardUrl: null,
        landingPage: "/welcome",
        sso: null,
        privateHosts: [],
      },
      { clock: api.clock, logger: createLogger("test", { level: "silent" }) },
    );
    const other = await buildApp(parts);
    const there = async (key: string): Promise<number> =>
      (await other.inject({ url: "/api/v1/posture", headers: { authorization: `Bearer ${key}` } })).statusCode;
    try {
      const made = await again.mutate<{ key: string; apiKey: ApiKeyRow }>("settings.apiKeys.create", { name: "Both", scopes: ["read"] });
      expect(await there(made.key)).toBe(200);
      await again.mutate("settings.apiKeys.revoke", { id: made.apiKey.id });
      expect(await there(made.key)).toBe(401);
    } finally {
      await other.close();
      await parts.close();
    }
  });

  test("ends at once when it is revoked", async () => {
    const again = await api.admin();
    const made = await again.mutate<{ key: string; apiKey: ApiKeyRow }>("settings.apiKeys.create", { name: "Short", scopes: ["read"] });
    expect(await status(made.key)).toBe(200);
    await again.mutate("settings.apiKeys.revoke", { id: made.apiKey.id });
    expect(await status(made.key)).toBe(401);
  });

  test("is refused with a range that is none", async () => {
    const again = await api.admin();
    expect((await again.mutateRaw("settings.apiKeys.create", { name: "x", scopes: ["read"], networks: ["10.0.0.0/64"] })).statusCode).toBe(
      400,
    );
    expect((await again.mutateRaw("settings.apiKeys.create", { name: "x", scopes: ["ingest"], sources: ["AWS ACCOUNT"] })).statusCode).toBe(
      400,
    );
  });
});
