import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { appRouter } from "@rollcall/api-router";
import { buildApp } from "../build-app.ts";
import { openApiDocument } from "../rest/openapi-document.ts";
import { partsWithoutStorage } from "../testing/parts-without-storage.ts";

// B5: no header opens what a session or a key should, steers the framework behind us, or makes two readers see two requests.

/** Headers by which frameworks and proxies pass on what they decided, with a value that would help an attacker. */
const smuggled: Readonly<Record<string, string>> = {
  "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy",
  "x-middleware-rewrite": "http://127.0.0.1:9/",
  "x-middleware-next": "1",
  "x-original-url": "/healthz",
  "x-rewrite-url": "/healthz",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "443",
  "x-forwarded-prefix": "/evil",
  "x-forwarded-for": "10.0.0.1",
  forwarded: "for=10.0.0.1;host=evil.example;proto=https",
  "x-invoke-path": "/sign-in",
  "x-invoke-query": "%7B%7D",
  "x-invoke-status": "200",
};
/** Others that some server somewhere believes: they may pass, and change nothing. */
const believedElsewhere: Readonly<Record<string, string>> = {
  "x-http-method-override": "GET",
  "x-real-ip": "127.0.0.1",
  "x-remote-user": "admin",
  "x-forwarded-user": "admin",
  "x-authenticated-user": "admin",
  "x-client-cert": "CN=admin",
  "x-api-version": "0",
  "x-nonce": "chosen",
};
const strangers = { ...smuggled, ...believedElsewhere };

let seen: IncomingHttpHeaders | null = null;
let dashboard: Server;
let app: FastifyInstance;
let port = 0;
beforeAll(async () => {
  dashboard = createServer((request, response) => {
    seen = request.headers;
    response.end("page");
  });
  await new Promise<void>((resolve) => dashboard.listen(0, "127.0.0.1", resolve));
  app = await buildApp({ ...partsWithoutStorage, dashboardUrl: `http://127.0.0.1:${(dashboard.address() as AddressInfo).port}` });
  await app.listen({ port: 0, host: "127.0.0.1" });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await new Promise((resolve) => dashboard.close(resolve));
});

describe.each(Object.entries(smuggled))("%s", (name, value) => {
  test.each([name, name.toUpperCase()])("as %s does not reach the pages", async (written) => {
    seen = null;
    await fetch(`http://127.0.0.1:${port}/inventory`, { headers: { [written]: value } });
    expect(seen).not.toBeNull();
    expect(Object.values(seen!)).not.toContain(value);
    expect(seen!["x-forwarded-host"]).toBe("localhost:4700");
    expect(seen!["x-forwarded-proto"]).toBe("http");
  });
});

const document = (await openApiDocument()) as { paths: Record<string, Record<string, { security?: readonly unknown[] }>> };
const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    // The exchange of tokens proves its sender by what it carries.
    .filter(() => path !== "/api/v1/token")
    .map(([method]) => ({ method: method.toUpperCase() as "GET", url: path.replace("{id}", "0190b0a0-0000-7000-8000-00000000dead") })),
);
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>).map(
  ([path, { _def }]) => ({
    method: _def.type === "query" ? ("GET" as const) : ("POST" as const),
    url: `/trpc/${path}`,
  }),
);

test("there are routes and procedures to try", () => {
  expect(routes.length).toBeGreaterThan(20);
  expect(procedures.length).toBeGreaterThan(50);
});

test.each([...routes, ...procedures])("$method $url answers a stranger as one, whatever the headers claim", async ({ method, url }) => {
  const ask = (headers: Record<string, string>) =>
    app.inject({
      method,
      url,
      headers: { ...(method === "GET" ? {} : { "content-type": "application/json", origin: "http://localhost:4700" }), ...headers },
      ...(method === "GET" ? {} : { payload: "{}" }),
    });
  const plain = await ask({});
  expect([400, 401]).toContain(plain.statusCode);
  const all = await ask(strangers);
  expect([all.statusCode, all.json<{ code?: string }>().code]).toEqual([plain.statusCode, plain.json<{ code?: string }>().code]);
});

/** Sends bytes as they are and returns what comes back until the connection is closed or nothing more comes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    socket.on("close", () => resolve(answer));
    socket.on("error", () => resolve(answer));
    socket.setTimeout(1500, () => socket.destroy());
  });
}
const inner = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

describe("a request that two readers would cut differently", () => {
  test.each<[string, string]>([
    [
      "length and chunks",
      `POST /api/v1/demo HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    ],
    ["two lengths", `POST /api/v1/demo HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\ncontent-length: ${inner.length}\r\n\r\n${inner}`],
    ["a length with a sign", `POST /api/v1/demo HTTP/1.1\r\nhost: x\r\ncontent-length: +0\r\n\r\n${inner}`],
    ["chunks under another name", `POST /api/v1/demo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`],
    ["a blank before the colon", `POST /api/v1/demo HTTP/1.1\r\nhost: x\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n${inner}`],
    ["a folded header", `GET /api/v1/posture HTTP/1.1\r\nhost: x\r\nx-a: b\r\n transfer-encoding: chunked\r\n\r\n`],
    ["a bare line feed in a header", `GET /api/v1/posture HTTP/1.1\r\nhost: x\r\nx-a: b\ntransfer-encoding: chunked\r\n\r\n`],
    ["two hosts", `GET /inventory HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n`],
  ])("%s", async (_what, text) => {
    const answer = await raw(text);
    // Refused as a whole, or read as one request; the second one that hides in it is never answered.
    expect(answer).toMatch(/^HTTP\/1\.1 (?:4\d\d|200)/);
    expect(answer).not.toContain('{"status":"ok"}');
    if (!answer.startsWith("HTTP/1.1 4")) expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

test("TRACE is refused, and nothing of the request comes back", async () => {
  for (const path of ["/", "/api/v1/posture", "/trpc/session.me"]) {
    const answer = await raw(`TRACE ${path} HTTP/1.1\r\nhost: x\r\nx-secret: c4nary\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(answer).not.toContain("c4nary");
  }
});
