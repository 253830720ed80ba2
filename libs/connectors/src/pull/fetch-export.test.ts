import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CursorPaging, ExportRequest, FetchedExport, FetchProgress } from "@rollcall/posture-pipeline";
import { fetchExportWith } from "./fetch-export.ts";
import { fetchLimits, type FetchDeps } from "./limits.ts";

// A real server on loopback that misbehaves in the ways that APIs do.

type Reply = (response: ServerResponse, request: IncomingMessage) => void;
let server: Server;
let base = "";
let replies: Reply[] = [];
let asked: IncomingMessage[] = [];
let slept: number[] = [];
let told: FetchProgress[] = [];
let clock = Date.parse("2026-11-22T10:00:00.000Z");
const secret = "t0ken-of-the-other-side/+";

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    (replies.length > 1 ? replies.shift()! : replies[0]!)(response, request);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  [replies, asked, slept, told] = [[], [], [], []];
});

interface More extends Partial<Omit<FetchDeps, "limits">> {
  readonly limits?: Partial<FetchDeps["limits"]>;
  readonly request?: Partial<ExportRequest>;
  readonly signal?: AbortSignal;
}
const fetchAll = ({ limits, request, signal, ...more }: More = {}): Promise<FetchedExport> =>
  fetchExportWith({
    privateHosts: [new URL(base).host],
    now: () => clock,
    random: () => 0,
    sleep: async (millis) => {
      slept.push(millis);
      clock += millis;
    },
    limits: { ...fetchLimits, timeoutMillis: 500, ...limits },
    ...more,
  })(
    { url: `${base}/alerts?page=1`, headers: { authorization: `Bearer ${secret}` }, secrets: [secret], paging: null, ...request },
    { signal: signal ?? new AbortController().signal, onProgress: async (progress) => void told.push(progress) },
  );
const page =
  (rows: unknown, next: string | null = null, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      ...(next === null ? {} : { link: `<${base}${next}>; rel="next", <${base}/alerts?page=1>; rel="first"` }),
      ...headers,
    });
    response.end(JSON.stringify(rows));
  };
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) =>
    void response.writeHead(code, headers).end("{}");
const textOf = ({ body }: FetchedExport): string => new TextDecoder().decode(body!);
const rowsOf = (fetched: FetchedExport): unknown => JSON.parse(textOf(fetched));

describe("an export over the network", () => {
  it("is read to its last page, with the credential at each, and tells how far it is", async () => {
    replies = [page([1, 2], "/alerts?page=2"), page([3], "/alerts?page=3"), page([])];
    const fetched = await fetchAll();
    expect(fetched).toMatchObject({ outcome: "complete", pages: 3, note: null });
    expect(rowsOf(fetched)).toEqual([1, 2, 3]);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array.from({ length: 3 }, () => `Bearer ${secret}`));
    expect(told.map(({ pages }) => pages)).toEqual([1, 2, 3]);
  });
  it("of another form is handed on as it is, with the date it carries", async () => {
    const headers = { "content-type": "text/csv", "last-modified": "Sat, 21 Nov 2026 03:00:00 GMT" };
    replies = [(response) => void response.writeHead(200, headers).end("user,arn\n")];
    const fetched = await fetchAll();
    expect(fetched).toMatchObject({ outcome: "complete", contentType: "text/csv", modifiedAt: "2026-11-21T03:00:00.000Z" });
    expect(textOf(fetched)).toBe("user,arn\n");
  });
  it("goes on by a cursor in its body, and by a whole address there; what is around the rows stays", async () => {
    const paging: CursorPaging = { itemsField: "items", cursorField: "metadata.continue", cursorParameter: "continue" };
    const list = (items: readonly number[], next: string): unknown => ({ kind: "List", metadata: { continue: next }, items });
    replies = [page(list([1], "a b")), page(list([2, 3], `${base}/else?x=1`)), page(list([4], ""))];
    const fetched = await fetchAll({ request: { paging } });
    expect(rowsOf(fetched)).toEqual({ kind: "List", metadata: { continue: "" }, items: [1, 2, 3, 4] });
    expect(asked.map(({ url }) => url)).toEqual(["/alerts?page=1", "/alerts?page=1&continue=a+b", "/else?x=1"]);
    const odata: CursorPaging = { itemsField: "value", cursorField: "@odata.nextLink", cursorParameter: "skip" };
    replies = [page({ value: [1], "@odata.nextLink": `${base}/next` }), page({ value: [2] })];
    expect(rowsOf(await fetchAll({ request: { paging: odata } }))).toEqual({ value: [1, 2] });
    replies = [page({ rows: [] })];
    expect(await fetchAll({ request: { paging } })).toMatchObject({ outcome: "failed", note: expect.stringContaining("at items") });
  });
  it("of lines is read page by page too", async () => {
    const lines =
      (text: string, next: string | null): Reply =>
      (response) =>
        void response
          .writeHead(200, { "content-type": "application/x-ndjson", ...(next === null ? {} : { link: `<${next}>; rel=next` }) })
          .end(text);
    replies = [lines('{"a":1}\n', "/2"), lines('{"a":2}', null)];
    expect(textOf(await fetchAll())).toBe('{"a":1}\n{"a":2}\n');
  });
  it("does not take its credential to another place", async () => {
    replies = [page([1], null, { link: '<http://127.0.0.1:9/steal>; rel="next"' })];
    expect(await fetchAll()).toMatchObject({ outcome: "partial", pages: 1, note: expect.stringContaining("not given the credential") });
    replies = [status(302, { location: "http://127.0.0.1:9/steal" })];
    expect(await fetchAll()).toMatchObject({ outcome: "failed", note: expect.stringContaining("not followed") });
  });
  it("waits as it is asked to: seconds, a date, or until the limit is lifted", async () => {
    const inTwenty = new Date(clock + 20_000).toUTCString();
    replies = [status(429, { "retry-after": "7" }), status(503, { "retry-after": inTwenty }), page([1])];
    expect(await fetchAll()).toMatchObject({ outcome: "complete" });
    expect(slept[0]).toBe(7_000);
    expect(Math.abs(slept[1]! - 13_000)).toBeLessThanOrEqual(1_000);
    expect(told.flatMap(({ waiting }) => waiting ?? [])[0]).toMatch(/slow down \(429\); asking again in 7 s/);
    slept = [];
    replies = [status(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(clock / 1_000) + 30) }), page([1])];
    expect(await fetchAll()).toMatchObject({ outcome: "complete" });
    expect(Math.abs(slept[0]! - 30_000)).toBeLessThanOrEqual(1_000);
  });
  it("leaves a long wait to the next run", async () => {
    replies = [page([1], "/alerts?page=2"), status(429, { "retry-after": "3600" })];
    expect(await fetchAll()).toMatchObject({
      outcome: "partial",
      pages: 1,
      retryAfterMillis: 3_600_000,
      note: expect.stringContaining("60 min"),
    });
    expect(slept).toEqual([]);
  });
  it("is tried again through a burst of errors, with growing and spread pauses, a few times at most", async () => {
    replies = [status(500), status(502), status(503), page([1])];
    expect(await fetchAll({ random: () => 1 })).toMatchObject({ outcome: "complete" });
    expect(slept).toEqual([1_000, 2_000, 4_000]);
    [replies, asked, slept] = [[status(500)], [], []];
    expect(await fetchAll()).toMatchObject({ outcome: "failed", note: "The other side answered 500" });
    expect(asked).toHaveLength(fetchLimits.attempts);
    expect(slept[0]).toBe(500);
  });
  it("survives a connection that breaks, a body that is cut off and one that never comes", async () => {
    const cut: Reply = (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write("[1,", () => response.destroy());
    };
    const truncated: Reply = (response) => void response.writeHead(200, { "content-type": "application/json" }).end('[{"a":');
    const silent: Reply = () => undefined;
    replies = [cut, truncated, silent, (response) => void response.destroy(), page([1])];
    expect(await fetchAll()).toMatchObject({ outcome: "complete" });
    expect(asked).toHaveLength(5);
  });
  it("never goes round in a circle, and sees when the same page comes twice", async () => {
    replies = [page([1], "/alerts?page=2"), page([2], "/alerts?page=1")];
    expect(await fetchAll()).toMatchObject({ outcome: "partial", pages: 2, note: expect.stringContaining("circle") });
    let cursor = 1;
    replies = [(response, request) => page([{ id: 1 }], `/alerts?page=${(cursor += 1)}`)(response, request)];
    expect(await fetchAll()).toMatchObject({ outcome: "partial", pages: 1, note: expect.stringContaining("twice") });
  });
  it("ends after so many pages, so many bytes and so much time", async () => {
    let number = 0;
    const endless: Reply = (response, request) => page([(number += 1)], `/alerts?page=${number + 1}`)(response, request);
    replies = [endless];
    expect(await fetchAll({ limits: { pages: 25 } })).toMatchObject({
      outcome: "partial",
      pages: 25,
      note: expect.stringContaining("25 pages"),
    });
    expect(await fetchAll({ limits: { bytes: 50 } })).toMatchObject({ outcome: "partial", note: "response too large" });
    replies = [(response, request) => ((clock += 60_000), endless(response, request))];
    expect(await fetchAll()).toMatchObject({ outcome: "partial", note: expect.stringContaining("30 minutes") });
    replies = [page(["x".repeat(200)])];
    expect(await fetchAll({ limits: { bytes: 50 } })).toMatchObject({ outcome: "failed", body: null, note: "response too large" });
  });
  it("keeps what came before a page that is refused, and says which permission is missing", async () => {
    replies = [page([1], "/alerts?page=2"), status(403, { "x-accepted-github-permissions": "secret_scanning_alerts=read" })];
    const fetched = await fetchAll();
    expect(fetched).toMatchObject({ outcome: "partial", missingPermission: "secret_scanning_alerts=read" });
    expect(rowsOf(fetched)).toEqual([1]);
  });
  it("says when the credential is not accepted, without trying again", async () => {
    replies = [status(401)];
    expect(await fetchAll()).toMatchObject({ outcome: "failed", body: null, note: expect.stringContaining("401") });
    expect(asked).toHaveLength(1);
  });
  it("does not hand on the credential when an answer repeats it, however it is written", async () => {
    const echo = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64"), `${secret}"quoted`];
    replies = [page([{ sent: echo }, { a: "é" }])];
    const fetched = await fetchAll({ request: { secrets: [secret, `${secret}"quoted`] } });
    expect(rowsOf(fetched)).toEqual([{ sent: ["[removed]", "[removed]", "[removed]", "[removed]"] }, { a: "é" }]);
    replies = [(response) => void response.writeHead(403, { "x-accepted-oauth-scopes": secret }).end(`bad token ${secret}`)];
    expect(JSON.stringify(await fetchAll())).not.toContain(secret);
  });
  it("reads nothing on networks of our own, whatever it is asked for", async () => {
    replies = [page([1])];
    expect(await fetchAll({ privateHosts: [] })).toMatchObject({ outcome: "failed" });
    const url = base.replace("http:", "https:");
    expect(await fetchAll({ privateHosts: [], request: { url } })).toMatchObject({ note: expect.stringContaining("public internet") });
    expect(asked).toHaveLength(0);
  });
  it("ends when somebody stops it", async () => {
    replies = [() => undefined];
    await expect(fetchAll({ signal: AbortSignal.timeout(50), limits: { timeoutMillis: 5_000 } })).rejects.toThrow();
  });
});
