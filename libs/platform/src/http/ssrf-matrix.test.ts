import dns, { type LookupAddress } from "node:dns";
import { createServer, type Server } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { safeFetch } from "./safe-fetch.ts";

// H11: whatever somebody writes where an address is asked for, nothing on the own machine or network is called. A listener on the own machine
// counts connections, TLS or not: a handshake that fails has been let through as well.

const limits = { privateHosts: [], timeoutMillis: 1500, maxBytes: 1000 };
let canary: TcpServer;
let canary6: TcpServer | null = null;
let port = 0;
let hits = 0;
const count = (): void => void (hits += 1);
beforeAll(async () => {
  canary = createTcpServer((socket) => {
    count();
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, "0.0.0.0", resolve));
  port = (canary.address() as AddressInfo).port;
  canary6 = createTcpServer((socket) => {
    count();
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary6!.once("error", () => resolve()).listen(port, "::1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => canary.close(resolve));
  canary6?.close();
});

/** Ways to write an address of one's own machine, network or cloud, by what they play on. `P` is the port of the listener. */
const urls = [
  // Plain, and in the notations that resolvers accept.

  "127.0.0.1",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "2130706433",
  "017700000001",
  "0x7f000001",
  "0x7f.0x0.0x0.0x1",
  "0177.0.0.1",
  "0177.0.0.01",

  "0x7f.1",
  "127.0.0.1.",
  "0",
  "0.0.0.0",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "1.0.0.127.in-addr.arpa",
  "%31%32%37.0.0.1",
  "127。0。0。1",
  "①②⑦.⓪.⓪.①",
  // IPv6, and IPv4 inside of it.

  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[0000::0001]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:0:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::127.0.0.1]",

  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "[100::1]",
  // Private networks, and where clouds answer questions about themselves.

  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "169.254.170.2",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",

  "100.100.100.200",
  "192.0.0.192",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "[::ffff:169.254.169.254]",
  "[::ffff:10.0.0.1]",
].map((host) => `https://${host}:P/`);
const strange = [
  "http://127.0.0.1:P/",
  "http://localhost:P/",
  "http://[::1]:P/",
  "https://user@127.0.0.1:P/",
  "https://user:word@localhost:P/",

  "https://example.com@127.0.0.1:P/",
  "https://127.0.0.1:P\\@example.com/",
  "https://127.0.0.1:P#@example.com/",
  "https:127.0.0.1:P/",
  "https:///127.0.0.1:P/",

  "\thttps://127.0.0.1:P/",
  "https://127.0.0.1:P/%2e%2e",
  "https://127.0.0.1\n:P/",
  "//127.0.0.1:P/",
  "127.0.0.1:P",
  "gopher://127.0.0.1:P/_x",
  "ftp://127.0.0.1:P/",

  "file:///etc/passwd",
  "data:application/json,{}",
  "javascript:alert(1)",
  "blob:https://x/y",
  "ws://127.0.0.1:P/",
  "unix:/var/run/docker.sock",
  "https://",
  "",
];
const matrix = [...urls, ...strange];

test("the matrix is as large as it has to be, and its listener hears", async () => {
  expect(new Set(matrix).size).toBeGreaterThanOrEqual(60);
  await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  expect(hits).toBe(1);
  hits = 0;
});

test.each(matrix)("%j", async (url) => {
  await expect(safeFetch(url.replace("P", String(port)), limits)).rejects.toMatchObject({
    code: expect.stringMatching(/^(forbidden|invalid_input|unavailable)$/),
  });
  expect(hits).toBe(0);
});

describe("names", () => {
  const genuine = dns.lookup;
  let asked = 0;
  /** A resolver that somebody else runs; `rounds` are its answers, one after the other. */
  function resolver(rounds: readonly (readonly LookupAddress[])[], onAsked: () => void = () => undefined): void {
    const lying = (_name: string, options: { all?: boolean }, done: (error: null, addresses: unknown, family?: number) => void): void => {
      const round = rounds[Math.min(asked, rounds.length - 1)]!;
      asked += 1;
      onAsked();
      if (options.all === true) done(null, round);
      else done(null, round[0]!.address, round[0]!.family);
    };
    dns.lookup = lying as unknown as typeof dns.lookup;
    syncBuiltinESMExports();
  }
  afterEach(() => {
    dns.lookup = genuine;
    asked = 0;
    syncBuiltinESMExports();
  });
  const inside = { address: "127.0.0.1", family: 4 };
  const outside = { address: "1.1.1.1", family: 4 };

  test.each([
    ["one address of our own", [inside]],
    ["one of many", [outside, { address: "2606:4700::1111", family: 6 }, inside]],
    ["the metadata service", [{ address: "169.254.169.254", family: 4 }]],
    ["metadata over IPv6", [{ address: "fd00:ec2::254", family: 6 }]],
    ["an address inside an address", [{ address: "::ffff:127.0.0.1", family: 6 }]],
    ["translated by NAT64", [{ address: "64:ff9b::7f00:1", family: 6 }]],
  ])("a name that means %s is refused", async (_what, addresses) => {
    resolver([addresses]);
    await expect(safeFetch(`https://harmless.example:${port}/`, limits)).rejects.toMatchObject({ code: "forbidden" });
    expect([asked, hits]).toEqual([1, 0]);
  });

  test("a name that means something else a moment later is asked once: what was judged is what is called", async () => {
    const stop = new AbortController();
    // The first answer is a public address; nothing is sent there, because the request ends the moment it was judged.
    resolver([[outside], [inside]], () => stop.abort());
    await expect(safeFetch(`https://rebinding.example:${port}/`, { ...limits, signal: stop.signal })).rejects.toMatchObject({
      code: "unavailable",
    });
    expect([asked, hits]).toEqual([1, 0]);
  });
});

describe("redirects of a host that may be called", () => {
  let host: Server;
  let address = "";
  beforeAll(async () => {
    host = createServer((request, response) => {
      const status = Number(request.url?.slice(1));
      response.writeHead(status, { location: `http://127.0.0.1:${port}/`, refresh: `0; url=http://127.0.0.1:${port}/` }).end();
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    address = `127.0.0.1:${(host.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => host.close(resolve)));

  test.each([301, 302, 303, 307, 308])("%s is an answer, not a direction", async (status) => {
    expect((await safeFetch(`http://${address}/${status}`, { ...limits, privateHosts: [address] })).status).toBe(status);
    expect(hits).toBe(0);
  });
});
