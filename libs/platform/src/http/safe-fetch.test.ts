import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";
import { safeFetch } from "./safe-fetch.ts";

const limits = { privateHosts: [], timeoutMillis: 2_000, maxBytes: 1_000 };
let server: Server;
let asked = 0;
let host = "";
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/ok": (response) => response.end('{"ok":true}'),
  "/moved": (response) => response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
  "/huge": (response) => response.end("x".repeat(5_000)),
  "/never": () => undefined,
  "/slow": (response) => void response.write("{"),
  "/cut": (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{", () => response.destroy());
  },
};
beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    answers[request.url ?? ""]?.(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("an address that somebody named", () => {
  it.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "169.254.169.254",
    "192.168.0.1",
    "100.64.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "x",
  ])("%s is not on the internet", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(["1.1.1.1", "140.82.112.3", "2606:4700::1111"])("%s is", (address) => expect(isPublicAddress(address)).toBe(true));

  it("is refused when it is on networks of our own, however it is written", async () => {
    const port = host.split(":")[1];
    const before = asked;
    for (const written of ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127.1"])
      await expect(safeFetch(`https://${written}:${port}/ok`, limits), written).rejects.toMatchObject({ code: "forbidden" });
    await expect(safeFetch(`http://${host}/ok`, limits)).rejects.toThrow(/https/);
    await expect(safeFetch(`https://ada:secret@${host}/ok`, limits)).rejects.toThrow(/user/);
    await expect(safeFetch("file:///etc/passwd", limits)).rejects.toThrow(/https/);
    expect(asked).toBe(before);
  });
  it("is read when the operator named it, redirects not followed", async () => {
    const own = { ...limits, privateHosts: [host] };
    expect(new TextDecoder().decode((await safeFetch(`http://${host}/ok`, own)).body)).toBe('{"ok":true}');
    expect((await safeFetch(`http://${host}/moved`, own)).status).toBe(302);
    await expect(safeFetch(`http://127.0.0.1:1/ok`, own)).rejects.toThrow(/https/);
  });
  it("does not hang, and does not fill the memory", async () => {
    const own = { ...limits, privateHosts: [host], timeoutMillis: 300 };
    await expect(safeFetch(`http://${host}/huge`, own)).rejects.toMatchObject({ code: "too_large" });
    await expect(safeFetch(`http://${host}/never`, own)).rejects.toThrow(/in time/);
    await expect(safeFetch(`http://${host}/slow`, own)).rejects.toThrow(/in time/);
    await expect(safeFetch(`http://${host}/cut`, own)).rejects.toMatchObject({ code: "unavailable" });
  });
});
