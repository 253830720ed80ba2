import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRestClient, dataOf, pagesOf, pushRecords, RestError, untilApplied, type RestClient } from "@rollcall/rest-client";
import { startRealServer, type RealServer } from "./real-server.ts";
import { restApiTypes, typesPath } from "./rest-api-types.ts";

// The client that others use, over a socket, against the real API with the real worker behind it.

let server: RealServer;
let client: RestClient;
beforeAll(async () => {
  server = await startRealServer();
  client = createRestClient(server);
});
afterAll(() => server?.stop());

const bots = (count: number): readonly object[] => [
  { source: "farm", account: "acme", asOf: "2026-11-01T00:00:00Z", scopes: [{ dataset: "bots", outcome: "complete" }] },
  ...Array.from({ length: count }, (_, at) => ({
    kind: "identity",
    ref: `bot/${at}`,
    identityKind: "bot",
    name: `bot ${at}`,
    provider: "farm",
    facts: {},
    attributes: {},
  })),
];

test("the types are those of the published document; write them with `npm run generate:client`", async () => {
  expect(readFileSync(typesPath, "utf8")).toBe(await restApiTypes());
});

describe("from a push to a list", () => {
  test("records are pushed, applied and read page by page", async () => {
    const stored = await pushRecords(client, [...bots(120), { kind: "identity", ref: "" }], { idempotencyKey: "first-push" });
    expect(stored.syncs.map(({ sourceName, rejectedTotal }) => [sourceName, rejectedTotal])).toEqual([["farm/acme", 1]]);
    const applied = await untilApplied(client, stored.id, { everyMs: 250, limitMs: 60_000 });
    expect(applied.status, server.workerLog().slice(-800)).toBe("completed");

    let asked = 0;
    const names: string[] = [];
    const read = (cursor: string | undefined) => {
      asked += 1;
      return dataOf(
        client.GET("/api/v1/identities", {
          params: { query: { provider: ["farm"], limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      );
    };
    for await (const { name } of pagesOf(read)) names.push(name);
    expect([asked, new Set(names).size, names.length]).toEqual([3, 120, 120]);

    const rejected = await dataOf(client.GET("/api/v1/ingestions/{id}/rejected", { params: { path: { id: stored.id } } }));
    expect(rejected).toMatchObject({ total: 1, items: [{ where: expect.stringContaining(":122") }] });
  });

  test("the same push again is the same ingestion; the same key with other records is a conflict", async () => {
    const again = await pushRecords(client, [...bots(120), { kind: "identity", ref: "" }], { idempotencyKey: "first-push" });
    const { items } = await dataOf(client.GET("/api/v1/identities", { params: { query: { provider: ["farm"], limit: 1 } } }));
    expect([again.syncs.length, items.length]).toEqual([1, 1]);
    await expect(pushRecords(client, bots(3), { idempotencyKey: "first-push" })).rejects.toMatchObject({
      status: 409,
      problem: { code: "conflict" },
    });
  });
});

describe("what goes wrong", () => {
  test("a problem is thrown with its words", async () => {
    const wrong = createRestClient({ ...server, key: `${server.key.slice(0, -1)}${server.key.endsWith("x") ? "y" : "x"}` });
    const failure = await dataOf(wrong.GET("/api/v1/posture")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RestError);
    expect(failure).toMatchObject({ status: 401, problem: { code: "unauthenticated" } });
  });

  test("a request that may be repeated is sent again when asked for patience; another is not", async () => {
    const sent: string[] = [];
    const busy = (status: number, times: number) => async (request: Request) => {
      sent.push(request.method);
      if (sent.length > times) return fetch(request);
      return new Response(null, { status, headers: { "retry-after": "0.01" } });
    };
    const patient = createRestClient({ ...server, key: async () => server.key, fetch: busy(503, 2) });
    expect((await patient.GET("/api/v1/posture")).response.status).toBe(200);
    expect(sent).toEqual(["GET", "GET", "GET"]);
    sent.length = 0;
    const keyed = createRestClient({ ...server, fetch: busy(429, 1) });
    expect((await pushRecords(keyed, bots(1), { idempotencyKey: "patient" })).syncs).toHaveLength(1);
    expect(sent).toEqual(["POST", "POST"]);
    sent.length = 0;
    const once = createRestClient({ ...server, fetch: busy(503, 9) });
    expect((await once.POST("/api/v1/demo")).response.status).toBe(503);
    expect(sent).toEqual(["POST"]);
  });
});
