import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemContentType } from "@rollcall/platform";
import type { IngestionView } from "@rollcall/posture-pipeline";
import { ApiUnderTest, testOrigin, type Browser } from "../testing/api-under-test.ts";
import { multipart } from "../testing/multipart.ts";
import { ingestionView } from "./schemas/ingestion.ts";
import { problem } from "./schemas/problem.ts";

const fixture = new URL("../../../../../shared/data/aws-account-small/cloudsplaining/", import.meta.url);
const authorizationDetails = new URL("example-authz-details.json", fixture);

let api: ApiUnderTest;
let admin: Browser;
let workspaceId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
});
afterAll(async () => {
  await api?.stop();
});

const count = async (sql: string, values: unknown[] = []): Promise<number> => Number((await api.database.query(sql, values))[0]!["count"]);

/** One identity as the push format has it. */
const observation = (name: string): string =>
  JSON.stringify({ kind: "identity", ref: `bot/${name}`, identityKind: "bot", name, provider: "test", facts: {}, attributes: {} });
const push = (names: readonly string[]): string => `${names.map(observation).join("\n")}\n`;

describe.skipIf(!existsSync(authorizationDetails))("an AWS export (needs ../shared/data)", () => {
  test("is accepted, staged and queued in one answer, and no file is kept", async () => {
    const body = multipart([
      { name: "file", filename: "example-authz-details.json", content: readFileSync(authorizationDetails) },
      { name: "asOf", content: "2020-02-01" },
    ]);
    const response = await admin.send({ method: "POST", url: "/api/v1/ingestions", ...body });
    expect(response.statusCode, response.body).toBe(202);
    const view = ingestionView.strict().parse(response.json());
    expect(response.headers.location).toBe(`/api/v1/ingestions/${view.id}`);
    expect(view.files).toEqual(["example-authz-details.json"]);
    expect(view.syncs).toHaveLength(1);
    expect(view.syncs[0]).toMatchObject({ connector: "aws", asOf: expect.stringContaining("2020-02-01"), asOfBasis: "given" });
    expect(await count("select count(*) from staged_observation where sync_id = $1", [view.syncs[0]!.id])).toBeGreaterThan(8);
    expect(await count("select count(*) from outbox where payload::text like '%' || $1 || '%'", [view.syncs[0]!.id])).toBe(1);
    const again = await admin.get(String(response.headers.location));
    expect(again.json<IngestionView>().id).toBe(view.id);
  });
});

test("a body of its own, gzip or not, is the same as a file", async () => {
  const key = await api.apiKey(["ingest"], workspaceId);
  const response = await api.withKey(key, {
    method: "POST",
    url: "/api/v1/ingestions?account=raw",
    headers: { "content-type": "application/x-ndjson" },
    payload: push(["raw-1", "raw-2"]),
  });
  expect(response.statusCode, response.body).toBe(202);
  expect(response.json<IngestionView>().syncs[0]).toMatchObject({ connector: "push" });
});

test("what no connector recognises is 415 and leaves nothing behind", async () => {
  const before = await count("select count(*) from ingestion");
  const response = await admin.send({
    method: "POST",
    url: "/api/v1/ingestions",
    ...multipart([{ name: "file", filename: "holiday.txt", content: "sun and sea" }]),
  });
  expect(response.statusCode, response.body).toBe(415);
  expect(problem.strict().parse(response.json())).toMatchObject({ code: "unsupported" });
  expect(await count("select count(*) from ingestion")).toBe(before);
});

test.each([
  ["no file", [{ name: "asOf", content: "2020-01-01" }]],
  [
    "a bad date",
    [
      { name: "file", filename: "a.json", content: "{}" },
      { name: "asOf", content: "yesterday" },
    ],
  ],
  [
    "an unknown field",
    [
      { name: "file", filename: "a.json", content: "{}" },
      { name: "asof", content: "2020-01-01" },
    ],
  ],
])("%s is a 400 that says so", async (_what, parts) => {
  const response = await admin.send({ method: "POST", url: "/api/v1/ingestions", ...multipart(parts) });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, "invalid_input"]);
});

describe("Idempotency-Key", () => {
  const send = async (key: string, names: readonly string[], boundary?: string) =>
    admin.send({
      method: "POST",
      url: "/api/v1/ingestions",
      ...((body) => ({ ...body, headers: { ...body.headers, "idempotency-key": key } }))(
        multipart(
          [
            { name: "file", filename: "push.ndjson", content: push(names) },
            { name: "account", content: "idem" },
          ],
          boundary,
        ),
      ),
    });

  test("a retry gets the first answer and stores nothing, even with another boundary", async () => {
    const first = await send("retry-1", ["a"]);
    expect(first.statusCode, first.body).toBe(202);
    const before = await count("select count(*) from ingestion");
    const second = await send("retry-1", ["a"], "----another-boundary");
    expect([second.statusCode, second.body, second.headers["idempotent-replayed"], second.headers.location]).toEqual([
      202,
      first.body,
      "true",
      first.headers.location,
    ]);
    expect(await count("select count(*) from ingestion")).toBe(before);
  });

  test("the same key with another body is 409, and no time is named after which to try again", async () => {
    await send("retry-2", ["a"]);
    const other = await send("retry-2", ["b"]);
    expect([other.statusCode, other.json<{ code: string }>().code, other.headers["retry-after"]]).toEqual([409, "conflict", undefined]);
  });

  test("two at once: one is stored", async () => {
    const before = await count("select count(*) from ingestion");
    const both = await Promise.all([send("retry-3", ["a"]), send("retry-3", ["a"])]);
    expect(both.map((response) => response.statusCode).sort()).toSatisfy(
      (codes: number[]) => codes[0] === 202 && [202, 409].includes(codes[1]!),
    );
    expect(await count("select count(*) from ingestion")).toBe(before + 1);
  });

  test("a reservation of a process that died is taken over by the retry, a fresh one is not", async () => {
    const reserve = (age: string) =>
      api.database.query(
        `insert into idempotency_key (workspace_id, key, request_hash, created_at) values ($1, $2, 'gone', now() - $3::interval)`,
        [workspaceId, `dead-${age.replaceAll(" ", "-")}`, age],
      );
    await reserve("11 minutes");
    await reserve("5 seconds");
    expect((await send("dead-11 minutes".replaceAll(" ", "-"), ["a"])).statusCode).toBe(202);
    expect((await send("dead-5 seconds".replaceAll(" ", "-"), ["a"])).statusCode).toBe(409);
  });

  test("a request that failed frees its key", async () => {
    const failed = await admin.send({
      method: "POST",
      url: "/api/v1/ingestions",
      headers: { "content-type": "text/csv", "idempotency-key": "retry-4" },
      payload: "not,an,export\n1,2,3\n",
    });
    expect(failed.statusCode).toBe(415);
    expect((await send("retry-4", ["a"])).statusCode).toBe(202);
  });
});

describe("API keys", () => {
  const get = (key: string, url: string) => api.withKey(key, { method: "GET", url });

  test("scopes decide which routes a key may enter", async () => {
    const ingest = await api.apiKey(["ingest"], workspaceId);
    const read = await api.apiKey(["read"], workspaceId);
    expect((await get(ingest, "/api/v1/identities")).statusCode).toBe(403);
    expect((await get(read, "/api/v1/identities")).statusCode).toBe(200);
    const upload = await api.withKey(read, {
      method: "POST",
      url: "/api/v1/ingestions",
      headers: { "content-type": "application/x-ndjson" },
      payload: push(["x"]),
    });
    expect([upload.statusCode, upload.json<{ code: string }>().code]).toEqual([403, "forbidden"]);
    expect((await api.withKey(read, { method: "DELETE", url: "/api/v1/demo" })).statusCode).toBe(403);
  });

  test("keys do not work on the dashboard's interface", async () => {
    const key = await api.apiKey(["admin"], workspaceId);
    expect((await get(key, "/trpc/session.me")).statusCode).toBe(403);
  });

  test("an expired, a revoked and a wrong key are told apart by nobody", async () => {
    const expired = await api.apiKey(["read"], workspaceId, { expiresInMinutes: -1 });
    const created = await admin.mutate<{ key: string; apiKey: { id: string } }>("settings.apiKeys.create", {
      name: "ci",
      scopes: ["read"],
      expiresInDays: 1,
    });
    expect((await get(created.key, "/api/v1/identities")).statusCode).toBe(200);
    await admin.mutate("settings.apiKeys.revoke", { id: created.apiKey.id });
    const answers = await Promise.all([
      get(expired, "/api/v1/identities"),
      get(created.key, "/api/v1/identities"),
      get("rcl_api_nothing", "/api/v1/identities"),
    ]);
    const bodies = answers.map((answer) => {
      const { requestId: _requestId, ...rest } = answer.json<Record<string, unknown>>();
      return [answer.statusCode, rest];
    });
    expect(bodies[0]).toEqual([401, expect.objectContaining({ code: "unauthenticated" })]);
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  test("the list shows a key without its secret, and when it was used", async () => {
    const created = await admin.mutate<{ key: string }>("settings.apiKeys.create", { name: "seen", scopes: ["read"] });
    await get(created.key, "/api/v1/identities");
    const keys = await admin.query<{ name: string; lastUsedAt: string | null }[]>("settings.apiKeys.list");
    const seen = keys.find((key) => key.name === "seen");
    expect(seen?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(keys)).not.toContain(created.key.slice(-30));
    expect(await count("select count(*) from api_key where api_key::text like '%' || $1 || '%'", [created.key.slice(-36, -6)])).toBe(0);
  });

  test("guessing is held up after twenty wrong keys; a valid key is not", async () => {
    const key = await api.apiKey(["read"], workspaceId);
    let last = 0;
    for (let attempt = 0; attempt < 25; attempt += 1) last = (await get("rcl_api_wrong", "/api/v1/identities")).statusCode;
    expect(last).toBe(429);
    expect((await get(key, "/api/v1/identities")).statusCode).toBe(200);
    api.clock.forwardMinutes(2);
  });
});

describe("problems", () => {
  test("a bad parameter names its place", async () => {
    const response = await admin.get("/api/v1/identities?limit=0&nonsense=1");
    expect([response.statusCode, response.headers["content-type"]]).toEqual([400, expect.stringContaining(problemContentType)]);
    expect(problem.strict().parse(response.json()).errors?.length).toBeGreaterThan(0);
  });

  test("somebody else's id and one that never was get the same answer", async () => {
    const rows = await api.database.query("insert into workspace (name) values ('Other') returning id");
    const otherKey = await api.apiKey(["admin"], String(rows[0]!["id"]));
    const mine = await api.withKey(await api.apiKey(["ingest"], workspaceId), {
      method: "POST",
      url: "/api/v1/ingestions?account=mine",
      headers: { "content-type": "application/x-ndjson" },
      payload: push(["mine"]),
    });
    const id = mine.json<IngestionView>().id;
    const bare = async (wanted: string) => {
      const response = await api.withKey(otherKey, { method: "GET", url: `/api/v1/ingestions/${wanted}` });
      return [response.statusCode, response.body.replace(/"requestId":"[^"]*"/, "")];
    };
    const foreign = await bare(id);
    expect(foreign[0]).toBe(404);
    expect(foreign).toEqual(await bare("0190b0a0-0000-7000-8000-00000000dead"));
  });
});

test("roles: an auditor may not import, remove or change; an analyst may import", async () => {
  const auditor = await api.invite(admin, "auditor", "auditor@example.org");
  const analyst = await api.invite(admin, "analyst", "analyst@example.org");
  const body = () =>
    multipart([
      { name: "file", filename: "push.ndjson", content: push(["by-role"]) },
      { name: "account", content: "roles" },
    ]);
  expect((await auditor.send({ method: "POST", url: "/api/v1/ingestions", ...body() })).statusCode).toBe(403);
  expect((await auditor.mutateRaw("demo.load")).statusCode).toBe(403);
  expect((await auditor.queryRaw("posture.get")).statusCode).toBe(200);
  expect((await analyst.send({ method: "POST", url: "/api/v1/ingestions", ...body() })).statusCode).toBe(202);
  expect((await analyst.mutateRaw("settings.workspace.rename", { name: "Mine" })).statusCode).toBe(403);
});

test("a mutation without our Origin is refused although the cookie is right", async () => {
  for (const origin of ["https://evil.example", "null"]) {
    const response = await admin.mutateRaw("settings.workspace.rename", { name: "Taken over" }, { origin });
    expect(response.statusCode).toBe(403);
  }
  const form = await admin.send({ method: "POST", url: "/trpc/demo.load", headers: { "content-type": "text/plain" }, payload: "{}" });
  expect(form.statusCode).toBe(415);
  expect((await admin.query<{ workspace: { name: string } }>("session.me")).workspace.name).not.toBe("Taken over");
  expect((await admin.mutateRaw("settings.workspace.rename", { name: "Ours" }, { origin: testOrigin })).statusCode).toBe(200);
});

test("a stale error of a procedure carries our code and the request id", async () => {
  const response = await admin.mutateRaw("tasks.act", { id: "0190b0a0-0000-7000-8000-00000000dead", version: 0, event: "claim" });
  expect(response.statusCode).toBe(404);
  expect(response.json()).toMatchObject({ error: { data: { appCode: "not_found", requestId: response.headers["x-request-id"] } } });
  expect(response.body).not.toContain("stack");
});

test("loading the demo organisation queues one job", async () => {
  const { ingestionId } = await admin.mutate<{ ingestionId: string }>("demo.load");
  expect(await count("select count(*) from outbox where payload::text like '%' || $1 || '%'", [ingestionId])).toBe(1);
  expect((await admin.query<IngestionView>("ingestions.get", { id: ingestionId })).status).toBe("pending");
});
