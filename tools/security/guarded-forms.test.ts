import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRefusedFromElsewhere } from "./guarded-forms.ts";
import type { WapitiFinding } from "./wapiti-report.ts";

let server: Server;
let seen: IncomingHttpHeaders = {};
beforeAll(async () => {
  server = createServer((request, response) => {
    seen = request.headers;
    response.writeHead(request.url === "/taken" ? 302 : 404, { location: "/" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const finding = (path: string, category = "Cross Site Request Forgery"): WapitiFinding => ({
  category,
  level: 2,
  module: "csrf",
  method: "POST",
  path,
  parameter: "",
  info: "Lack of anti CSRF token",
});
const ask = (one: WapitiFinding): Promise<boolean> =>
  isRefusedFromElsewhere(one, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, "session=1");

test("a form counts as guarded only where the instance refuses it from another origin, with the session", async () => {
  expect(await ask(finding("/refused"))).toBe(true);
  expect(seen).toMatchObject({ cookie: "session=1", origin: "https://elsewhere.example" });
  expect(await ask(finding("/taken"))).toBe(false);
});

test("nothing else is explained away", async () => {
  expect(await ask(finding("/refused", "SQL Injection"))).toBe(false);
});
