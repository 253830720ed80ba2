import { Readable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { zipSync, type Zippable } from "fflate";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IngestionView } from "@rollcall/posture-pipeline";
import { problemContentType } from "@rollcall/platform";
import { problem } from "../rest/schemas/problem.ts";
import { ApiUnderTest, testOrigin } from "../testing/api-under-test.ts";
import { multipart } from "../testing/multipart.ts";

let api: ApiUnderTest;
let key: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  key = await api.apiKey(["admin"], workspace.id);
});
afterAll(() => api?.stop());

function refused(response: LightMyRequestResponse, status: number, code: string): void {
  expect([response.statusCode, response.headers["content-type"]], response.body).toEqual([
    status,
    expect.stringContaining(problemContentType),
  ]);
  expect(problem.strict().parse(response.json()).code).toBe(code);
}
const record = (name: string, change: object = {}): object => ({
  kind: "identity",
  ref: `bot/${name}`,
  identityKind: "bot",
  name,
  provider: "test",
  facts: {},
  attributes: {},
  ...change,
});
const lines = (...records: readonly (object | string)[]): string =>
  records.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");
const push = (payload: string | Uint8Array, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
  api.withKey(key, {
    method: "POST",
    url: "/api/v1/ingestions?account=hostile",
    headers: { "content-type": "application/x-ndjson", ...headers },
    payload: Buffer.from(payload),
  });
const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** Sends a good record beside a bad one: the bad one is listed with its reason, the good one is stored. */
async function quarantined(bad: object | string): Promise<{ readonly codes: readonly string[]; readonly staged: readonly string[] }> {
  const response = await push(lines(record("good"), bad));
  expect(response.statusCode, response.body).toBe(202);
  const { syncs } = response.json<IngestionView>();
  const staged = await api.database.query("select ref from staged_observation where sync_id = $1", [syncs[0]!.id]);
  return { codes: syncs.flatMap((sync) => sync.rejected.map(({ code }) => code)), staged: staged.map(({ ref }) => String(ref)) };
}

test("rejected records can be read a page at a time, each with its place and reason", async () => {
  const response = await push(lines(record("good"), "no json", record("n", { name: 7 }), '"text"'));
  const { id } = response.json<IngestionView>();
  const page = (query: string) => api.withKey(key, { method: "GET", url: `/api/v1/ingestions/${id}/rejected?${query}` });
  const first = (await page("limit=2")).json<{ items: { where: string }[]; nextCursor: string; total: number }>();
  const second = (await page(`limit=2&cursor=${first.nextCursor}`)).json<{ items: { where: string }[]; nextCursor: string | null }>();
  expect([first.total, first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, 1, null]);
  expect([...first.items, ...second.items].map(({ where }) => where).sort()).toEqual([2, 3, 4].map((line) => `upload.ndjson:${line}`));
  refused(await page("cursor=-1"), 400, "invalid_input");
});

describe("H1 size and compression", () => {
  const mebibyte = 1024 * 1024;
  /** One good record and empty lines, so that only the size is odd. */
  const padded = (bytes: number): Buffer => {
    const body = Buffer.alloc(bytes, "\n");
    body.write(lines(record("padded")));
    return body;
  };
  const detailOf = (response: LightMyRequestResponse): string => response.json<{ detail: string }>().detail;
  const sendFile = (content: Uint8Array) =>
    api.withKey(key, { method: "POST", url: "/api/v1/ingestions", ...multipart([{ name: "file", filename: "odd.bin", content }]) });
  const wireAdvice = /5 MiB as it is sent.*gzip.*Split.*as a file.*100 MiB/;

  test.each(["application/x-ndjson", "application/ndjson", "application/json"])("a body of %s has 5 MiB as sent", async (type) => {
    const most = await push(padded(5 * mebibyte), { "content-type": type });
    expect(most.statusCode, most.body).toBe(202);
    const more = await push(padded(5 * mebibyte + 1), { "content-type": type });
    refused(more, 413, "too_large");
    expect(detailOf(more)).toMatch(wireAdvice);
  });
  test("also when the sender does not say how much will come", async () => {
    const send = (bytes: number) =>
      api.withKey(key, {
        method: "POST",
        url: "/api/v1/ingestions?account=hostile",
        headers: { "content-type": "application/x-ndjson" },
        payload: Readable.from([padded(bytes).subarray(0, 1000), padded(bytes).subarray(1000)]),
      });
    expect((await send(5 * mebibyte)).statusCode).toBe(202);
    refused(await send(5 * mebibyte + 1), 413, "too_large");
  });
  test("and 20 MiB unpacked", async () => {
    const most = await push(gzipSync(padded(20 * mebibyte)), { "content-encoding": "gzip" });
    expect(most.statusCode, most.body).toBe(202);
    const more = await push(gzipSync(padded(20 * mebibyte + 1)), { "content-encoding": "gzip" });
    refused(more, 413, "too_large");
    expect(detailOf(more)).toMatch(/unpack to 20 MiB.*Split.*as a file/);
  });
  test("a file may be larger than a batch: 100 MiB, not one byte more", async () => {
    const taken = await sendFile(padded(21 * mebibyte));
    expect(taken.statusCode, taken.body).toBe(202);
    // What no connector knows shows that the size was not the reason.
    refused(await sendFile(Buffer.alloc(100 * mebibyte, 1)), 415, "unsupported");
    const more = await sendFile(Buffer.alloc(100 * mebibyte + 1, 1));
    refused(more, 413, "too_large");
    expect(detailOf(more)).toMatch(/100 MiB in all.*split/);
  });
  test("a gzip bomb is refused where it unpacks too far", async () => {
    refused(await push(gzipSync(Buffer.alloc(256 * mebibyte)), { "content-encoding": "gzip" }), 413, "too_large");
  });
  test("a gzip bomb that comes as a file is refused too, and so are several that share the room of one", async () => {
    const send = (...sizes: readonly number[]) =>
      api.withKey(key, {
        method: "POST",
        url: "/api/v1/ingestions",
        ...multipart(sizes.map((size, at) => ({ name: "file", filename: `${at}.ndjson.gz`, content: gzipSync(Buffer.alloc(size)) }))),
      });
    refused(await send(101 * mebibyte), 413, "too_large");
    refused(await send(40 * mebibyte, 40 * mebibyte, 40 * mebibyte), 413, "too_large");
  });
  test.each([
    ["br", brotliCompressSync(lines(record("br")))],
    ["deflate", deflateSync(lines(record("deflate")))],
    ["gzip, gzip", gzipSync(gzipSync(lines(record("twice"))))],
    ["zstd", Buffer.from("x")],
  ])("the coding %s is refused", async (coding, bytes) => {
    const response = await push(bytes, { "content-encoding": coding });
    refused(response, 415, "unsupported");
    expect(response.headers["accept-encoding"]).toBe("gzip");
  });
  test.each(["/api/v1/tasks/0190b0a0-0000-7000-8000-00000000dead/actions", "/trpc/tasks.act", "/api/auth/sign-in/email"])(
    "%s takes no coding at all",
    async (url) => {
      const headers = { "content-type": "application/json", "content-encoding": "gzip", origin: testOrigin };
      const response = await api.app.inject({ method: "POST", url, headers, payload: gzipSync("{}") });
      refused(response, 415, "unsupported");
      expect(response.headers["accept-encoding"]).toBe("identity");
    },
  );
  test("files in a multipart body are compressed one by one, not the body", async () => {
    const { payload, headers } = multipart([{ name: "file", filename: "a.ndjson", content: lines(record("a")) }]);
    const options = { method: "POST", url: "/api/v1/ingestions", payload: gzipSync(payload as Buffer) } as const;
    refused(await api.withKey(key, { ...options, headers: { ...headers, "content-encoding": "gzip" } }), 415, "unsupported");
  });
  test("a body of a small request is bounded as well", async () => {
    const response = await api.withKey(key, {
      method: "POST",
      url: "/api/v1/tasks/0190b0a0-0000-7000-8000-00000000dead/actions",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ reason: "x".repeat(1024 * 1024) }),
    });
    refused(response, 413, "too_large");
  });
});

describe("H2 depth", () => {
  test("a record that nests too deep is quarantined, the others are stored", async () => {
    const deep = JSON.stringify(record("deep", { attributes: "X" })).replace('"X"', nested(100_000));
    expect(await quarantined(deep)).toEqual({ codes: ["too_deep"], staged: ["bot/good"] });
  });
  test.each(["/api/v1/tasks/0190b0a0-0000-7000-8000-00000000dead/actions", "/api/auth/sign-in/email", "/trpc/tasks.act"])(
    "%s",
    async (url) => {
      const isRest = url.startsWith("/api/v1");
      const headers = { "content-type": "application/json", ...(isRest ? { authorization: `Bearer ${key}` } : { origin: testOrigin }) };
      const response = await api.app.inject({ method: "POST", url, headers, payload: `{"a":${nested(30_000)}}` });
      if (url.startsWith("/trpc")) expect(response.statusCode).toBeLessThan(500);
      else refused(response, 400, "invalid_input");
    },
  );
});

describe("H3 keys that reach prototypes", () => {
  test.each(['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}'])(
    "%s in a pushed record",
    async (poison) => {
      const bad = JSON.stringify(record("poison", { attributes: "X" })).replace('"X"', poison);
      expect(await quarantined(bad)).toEqual({ codes: ["forbidden_key"], staged: ["bot/good"] });
      expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
    },
  );
  test.each(["/api/v1/tasks/0190b0a0-0000-7000-8000-00000000dead/actions", "/api/auth/sign-in/email"])("in the body of %s", async (url) => {
    const headers = {
      "content-type": "application/json",
      ...(url.includes("v1") ? { authorization: `Bearer ${key}` } : { origin: testOrigin }),
    };
    refused(await api.app.inject({ method: "POST", url, headers, payload: '{"__proto__":{"email":"a"}}' }), 400, "invalid_input");
  });
});

describe("H4 text", () => {
  test("NUL, half a surrogate pair and control characters are cleaned out; the batch is stored", async () => {
    const bad =
      '{"kind":"identity","ref":"bot/odd","identityKind":"bot","name":"a\\u0000b\\ud800c\\u001b[31md","provider":"test","facts":{},"attributes":{"k\\u0000":"v\\udc00"}}';
    expect((await quarantined(bad)).staged).toEqual(["bot/good", "bot/odd"]);
    const [row] = await api.database.query("select payload::text as text from staged_observation where ref = 'bot/odd'");
    expect(row!["text"]).not.toMatch(/\\u0000|\\u001b|\\ud800|\\udc00/);
  });
  test("names that read backwards are kept as they are: they are told apart by their ids", async () => {
    const bidi = record("bidi", { name: "key\u202egpj" });
    expect((await quarantined(bidi)).staged).toEqual(["bot/bidi", "bot/good"]);
  });
  test("names are composed letter by letter the same way, references stay as they were sent", async () => {
    const decomposed = "Zoe\u0308";
    expect((await quarantined(record(decomposed, { name: decomposed }))).staged).toContain(`bot/${decomposed}`);
    const [row] = await api.database.query(`select payload->>'name' as name from staged_observation where ref = 'bot/${decomposed}'`);
    expect(row!["name"]).toBe("Zo\u00eb");
  });
  test.each(["account=%00", "filename=a%00.json", "asOf=%00"])("the query %s is refused", async (query) => {
    const response = await api.withKey(key, {
      method: "POST",
      url: `/api/v1/ingestions?${query}`,
      headers: { "content-type": "application/x-ndjson" },
      payload: lines(record("query")),
    });
    refused(response, 400, "invalid_input");
  });
});

describe("H5 numbers, dates, long keys", () => {
  const credential = (facts: string): string =>
    `{"kind":"credential","ref":"key/1","credentialKind":"api_key","facts":${facts},"attributes":{}}`;
  test.each([
    ["a year of six digits", credential('{"createdAt":"+300000-01-01T00:00:00Z"}')],
    ["a year of five digits", credential('{"createdAt":"30000-01-01T00:00:00Z"}')],
    ["before 2000", credential('{"lastUsedAt":"1969-12-31T00:00:00Z"}')],
    ["the future", credential('{"createdAt":"2199-01-01T00:00:00Z"}')],
    ["a number without end", credential('{"usesPerDay":1e999}')],
    ["a key beyond what an index takes", record("x".repeat(5000))],
    ["a number as a name", record("n", { name: 7 })],
    ["an unknown kind", record("k", { kind: "spell" })],
    ["no object", '"text"'],
    ["cut off", '{"kind":"identity","ref":'],
  ])("%s", async (_what, bad) => {
    const { codes, staged } = await quarantined(bad);
    expect(codes).toHaveLength(1);
    expect(codes[0]).toMatch(/^[a-z_]+$/);
    expect(staged).toEqual(["bot/good"]);
  });
});

describe("H12 archives", () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  const send = (members: Zippable) =>
    api.withKey(key, {
      method: "POST",
      url: "/api/v1/ingestions",
      ...multipart([{ name: "file", filename: "export.zip", content: zipSync(members) }]),
    });
  test.each(["../up.ndjson", "/etc/passwd", "C:\\x.json", "a\\..\\b.json"])("the path %s", async (path) => {
    refused(await send({ [path]: bytes("{}") }), 400, "invalid_input");
  });
  test("a symbolic link", async () => {
    refused(await send({ link: [bytes("/etc/passwd"), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }), 400, "invalid_input");
  });
  test("too many members", async () => {
    refused(await send(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`${at}.json`, bytes("{}")]))), 413, "too_large");
  });
  test("a bomb", async () => {
    const zeros = new Uint8Array(52 * 1024 * 1024);
    refused(await send({ a: [zeros, { level: 1 }], b: [zeros, { level: 1 }] }), 413, "too_large");
  });
  test("a zip in a zip stays closed, and damaged ones are refused", async () => {
    refused(await send({ "inner.zip": zipSync({ "a.ndjson": bytes(lines(record("inner"))) }) }), 415, "unsupported");
    const cut = Buffer.from(zipSync({ "a.ndjson": bytes(lines(record("cut"))) })).subarray(0, -30);
    const body = multipart([{ name: "file", filename: "export.zip", content: cut }]);
    refused(await api.withKey(key, { method: "POST", url: "/api/v1/ingestions", ...body }), 400, "invalid_input");
  });
});
