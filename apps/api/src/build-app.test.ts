import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { problemContentType } from "@rollcall/platform";
import type { ApiParts } from "./api-parts.ts";
import { buildApp } from "./build-app.ts";
import { partsWithoutStorage as parts } from "./testing/parts-without-storage.ts";

let seen: { url: string | undefined; headers: IncomingHttpHeaders } | null = null;
let dashboard: Server;
let dashboardUrl = "";
beforeAll(async () => {
  dashboard = createServer((request, response) => {
    seen = { url: request.url, headers: request.headers };
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": "script-src 'nonce-abc'" }).end("<p>page</p>");
  });
  await new Promise<void>((resolve) => dashboard.listen(0, "127.0.0.1", resolve));
  dashboardUrl = `http://127.0.0.1:${(dashboard.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => dashboard.close(resolve)));

let app: FastifyInstance | null = null;
afterEach(() => app?.close());
const start = async (change: Partial<ApiParts> = {}): Promise<FastifyInstance> => (app = await buildApp({ ...parts, ...change }));

test("healthz answers, readyz says what is missing", async () => {
  const api = await start({ dashboardUrl });
  expect((await api.inject("/healthz")).json()).toEqual({ status: "ok" });
  const ready = await api.inject("/readyz");
  expect(ready.statusCode).toBe(503);
  expect(ready.json()).toEqual({
    status: "not_ready",
    checks: { database: "failed", dashboard: "ok", disk: "ok", auditCheckpoints: "ok" },
  });
});

test("readyz is 200 when database and dashboard are there, 503 when the dashboard is not", async () => {
  const api = await start({ dashboardUrl, checkDatabase: () => Promise.resolve() });
  expect((await api.inject("/readyz")).statusCode).toBe(200);
  const other = await buildApp({ ...parts, dashboardUrl: "http://127.0.0.1:9", checkDatabase: () => Promise.resolve() });
  expect((await other.inject("/readyz")).json()).toMatchObject({ checks: { dashboard: "failed" } });
  await other.close();
});

test("an absent database is 503 with Retry-After, as a problem, within two seconds", async () => {
  const api = await start();
  const startedAt = Date.now();
  const response = await api.inject({ url: "/api/v1/posture", headers: { cookie: "rollcall.session_token=x" } });
  expect(Date.now() - startedAt).toBeLessThan(2000);
  expect(response.statusCode).toBe(503);
  expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
  expect(response.headers["content-type"]).toContain(problemContentType);
  expect(response.body).not.toContain("ECONNREFUSED");
  expect(response.json()).toMatchObject({ code: "unavailable", requestId: response.headers["x-request-id"] });
});

test.each([undefined, "https://evil.example", "null", "http://localhost:4701"])("a mutation with Origin %s is refused", async (origin) => {
  const api = await start();
  const headers = { "content-type": "application/json", cookie: "rollcall.session_token=x", ...(origin === undefined ? {} : { origin }) };
  for (const url of ["/trpc/demo.load", "/api/v1/demo", "/api/v1/ingestions", "/api/auth/sign-out"]) {
    const response = await api.inject({ method: "POST", url, headers, payload: "{}" });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([403, "forbidden"]);
  }
});

test("an unknown address of the API is a problem, even with a dashboard behind", async () => {
  const api = await start({ dashboardUrl });
  for (const url of ["/api/v1/nothing", "/api/nothing"]) {
    const response = await api.inject(url);
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, "not_found"]);
  }
});

test("signing in while the database is away is 503 too, whatever the library makes of it", async () => {
  const auth = { ...parts.auth, handler: () => Promise.resolve(new Response(null, { status: 500 })) } as unknown as ApiParts["auth"];
  const request = {
    method: "POST",
    url: "/api/auth/sign-in/email",
    headers: { origin: "http://localhost:4700", "content-type": "application/json" },
    payload: "{}",
  } as const;
  const api = await start({ auth });
  expect((await api.inject(request)).statusCode).toBe(503);
  const other = await buildApp({ ...parts, auth, checkDatabase: () => Promise.resolve() });
  expect((await other.inject(request)).statusCode).toBe(500);
  expect((await other.inject({ ...request, payload: JSON.stringify({ email: "x".repeat(70_000) }) })).json()).toMatchObject({
    code: "too_large",
    detail: "A body may have 64 KiB here. Compress it, or split it",
  });
  await other.close();
});

test("strangers are told to sign in", async () => {
  const api = await start();
  const response = await api.inject("/api/v1/identities");
  expect([response.statusCode, response.json<{ code: string }>().code, response.headers["www-authenticate"]]).toEqual([
    401,
    "unauthenticated",
    "Bearer",
  ]);
});

test("a stranger's upload is refused before its body is read", async () => {
  const api = await start();
  const response = await api.inject({
    method: "POST",
    url: "/api/v1/ingestions",
    headers: { origin: "http://localhost:4700", "content-type": "application/json", "content-length": String(60 * 1024 * 1024) },
    payload: "{}",
  });
  expect(response.statusCode).toBe(401);
});

test("API answers carry a strict policy; pages keep the one of the dashboard", async () => {
  const api = await start({ dashboardUrl });
  const answer = await api.inject("/api/v1/identities");
  expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  const page = await api.inject("/inventory?q=1");
  expect([page.statusCode, page.body, page.headers["content-security-policy"]]).toEqual([200, "<p>page</p>", "script-src 'nonce-abc'"]);
  expect(seen?.url).toBe("/inventory?q=1");
});

test("headers by which a client could pose as a proxy or steer the framework do not pass", async () => {
  const api = await start({ dashboardUrl });
  await api.inject({
    url: "/",
    headers: {
      "x-middleware-subrequest": "proxy",
      "x-forwarded-host": "evil.example",
      "x-original-url": "/admin",
      forwarded: "host=evil.example",
    },
  });
  expect(seen?.headers).not.toHaveProperty("x-middleware-subrequest");
  expect(seen?.headers).not.toHaveProperty("x-original-url");
  expect(seen?.headers).not.toHaveProperty("forwarded");
  expect(seen?.headers["x-forwarded-host"]).toBe("localhost:4700");
});

test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)("pages are read only: %s does not get to them", async (method) => {
  const api = await start({ dashboardUrl });
  seen = null;
  for (const url of ["/", "/inventory", "/_next/static/chunks/x.js"]) {
    const response = await api.inject({ method, url, headers: { "content-type": "text/xml" }, payload: "<x/>" });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, "not_found"]);
  }
  expect(seen).toBeNull();
});

test("pages that are not served are 503, not a crash", async () => {
  const api = await start({ dashboardUrl: "http://127.0.0.1:9" });
  const response = await api.inject("/inventory");
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, "unavailable"]);
});

test("the OpenAPI document is public", async () => {
  const api = await start();
  const response = await api.inject("/api/v1/openapi.json");
  expect([response.statusCode, response.json<{ openapi: string }>().openapi]).toEqual([200, "3.1.0"]);
});

test.each(["/inventory", "/_next/static/chunks/x.js", "/healthz", "/api/v1/identities", "/api/nothing"])(
  "over https %s keeps the browser to https, to the type that is named, and out of frames",
  async (url) => {
    const api = await start({ dashboardUrl, origins: ["https://rollcall.example"] });
    const { headers } = await api.inject(url);
    expect(headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    // The page of this test has a policy of its own, which stays as it is.
    expect(headers["content-security-policy"]).toMatch(/frame-ancestors 'none'|nonce-abc/);
  },
);

test("over http nothing binds a browser to https", async () => {
  const api = await start({ dashboardUrl });
  for (const url of ["/inventory", "/healthz", "/api/v1/identities"])
    expect((await api.inject(url)).headers).not.toHaveProperty("strict-transport-security");
});

test("no answer allows another origin, whoever asks", async () => {
  const api = await start({ dashboardUrl });
  for (const url of [
    "/api/v1/identities",
    "/trpc/session.me",
    "/api/auth/sign-in-options",
    "/api/v1/openapi.json",
    "/inventory",
    "/healthz",
  ])
    for (const method of ["GET", "OPTIONS"] as const) {
      const asked = { origin: "https://evil.example", "access-control-request-method": "POST" };
      const { headers } = await api.inject({ method, url, headers: asked });
      expect([method, url, Object.keys(headers).filter((name) => name.startsWith("access-control-"))]).toEqual([method, url, []]);
    }
});

test("answers name their type, with its encoding", async () => {
  const api = await start({ checkDatabase: () => Promise.resolve() });
  for (const url of ["/healthz", "/api/v1/openapi.json"])
    expect((await api.inject(url)).headers["content-type"]).toBe("application/json; charset=utf-8");
  for (const url of ["/api/v1/identities", "/api/nothing"])
    expect((await api.inject(url)).headers["content-type"]).toBe(`${problemContentType}; charset=utf-8`);
});

test("who asks more than 1,200 times in a minute waits; others do not", async () => {
  const api = await start();
  const ask = (remoteAddress: string) => api.inject({ url: "/api/v1/identities", remoteAddress });
  for (let asked = 0; asked < 1200; asked += 1) expect((await ask("192.0.2.1")).statusCode).toBe(401);
  const refused = await ask("192.0.2.1");
  expect([refused.statusCode, Number(refused.headers["retry-after"]) > 0]).toEqual([429, true]);
  expect((await ask("192.0.2.2")).statusCode).toBe(401);
});
