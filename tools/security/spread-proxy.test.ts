import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SpreadProxy, targetHeader } from "./spread-proxy.ts";

const seen: { address: string | undefined; headers: IncomingMessage["headers"]; body: string }[] = [];
let upstream: Server;
let proxy: SpreadProxy;
beforeAll(async () => {
  upstream = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      seen.push({ address: request.socket.remoteAddress, headers: request.headers, body });
      const status = { "/broken": 500, "/busy": 503, "/away": 503 }[request.url ?? ""] ?? 200;
      response.writeHead(status, request.url === "/busy" ? { "retry-after": "5" } : {}).end("answer");
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  proxy = await SpreadProxy.start((upstream.address() as AddressInfo).port);
});
afterAll(async () => {
  await proxy.close();
  await new Promise((resolve) => upstream.close(resolve));
});

const send = (path: string, init: { readonly method?: string; readonly body?: string } = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${proxy.port}${path}`, { ...init, headers: { [targetHeader]: "7" } });

// Other systems give the loopback interface one address only.
test.runIf(process.platform === "linux")("requests come from many addresses, and go on as they were sent", async () => {
  for (let at = 0; at < 5; at += 1) expect(await (await send("/x", { method: "POST", body: `body ${at}` })).text()).toBe("answer");
  expect(new Set(seen.map(({ address }) => address)).size).toBe(5);
  expect(seen.map(({ body }) => body)).toEqual([0, 1, 2, 3, 4].map((at) => `body ${at}`));
  expect(seen.some(({ headers }) => targetHeader in headers)).toBe(false);
});

test.runIf(process.platform === "linux")("answers are counted per target, and failures kept", async () => {
  const before = proxy.tally("7").requests;
  expect((await send("/broken")).status).toBe(500);
  const { requests, statuses, failures } = proxy.tally("7");
  expect([requests - before, statuses.get(500), failures]).toEqual([1, 1, ["500 GET /broken"]]);
  expect(proxy.tally("8").requests).toBe(0);
});

test.runIf(process.platform === "linux")("who says when to come back is busy, who does not has failed", async () => {
  const kept = proxy.tally("7").failures.length;
  expect((await send("/busy")).status).toBe(503);
  expect((await send("/away")).status).toBe(503);
  expect(proxy.tally("7").statuses.get(503)).toBe(2);
  expect(proxy.tally("7").failures.slice(kept)).toEqual(["503 GET /away"]);
});
