import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "@rollcall/platform";
import { testRootKey } from "@rollcall/persistence/testing";
import { buildApp } from "../build-app.ts";
import { ApiUnderTest } from "../testing/api-under-test.ts";
import { multipart } from "../testing/multipart.ts";
import { UploadThread } from "./upload-thread.ts";

let api: ApiUnderTest;
let key: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  key = await api.apiKey(["ingest", "read"], workspace.id);
});
afterAll(() => api?.stop());

const lines = (identities: number): string =>
  Array.from({ length: identities }, (_, index) =>
    JSON.stringify({
      kind: "identity",
      ref: `bot/${index}`,
      identityKind: "bot",
      name: `bot ${index}`,
      provider: "test",
      facts: {},
      attributes: {},
    }),
  ).join("\n");
const upload = (identities: number) => ({
  method: "POST" as const,
  url: "/api/v1/ingestions?account=big",
  headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
  payload: lines(identities),
});

test("healthz answers while a large upload is read", async () => {
  let isRead = false;
  let answers = 0;
  const { readUpload } = api.parts;
  const app = await buildApp({
    ...api.parts,
    readUpload: (request, signal) => readUpload(request, signal).finally(() => (isRead = true)),
  });
  const sending = app.inject(upload(30_000));
  while (!isRead) {
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    answers += 1;
    // Injected requests run on ticks alone: without this, nothing else would get a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const response = await sending;
  expect(response.statusCode, response.body).toBe(202);
  expect(response.json()).toMatchObject({ syncs: [{ totals: { identity: 30_000 } }] });
  // Reading in this thread would end before the second answer.
  expect(answers).toBeGreaterThan(20);
  await app.close();
});

test("an upload on which reading breaks down is a failed import with the reason", async () => {
  const logger = createLogger("test", { level: "silent" });
  const thread = new UploadThread({ data: { rootKey: testRootKey }, logger, heapMegabytes: 32, timeLimitMillis: 60_000 });
  const app = await buildApp({ ...api.parts, readUpload: (request, signal) => thread.read(request, signal) });
  const file = multipart([{ name: "file", filename: "big.ndjson", content: lines(60_000) }]);
  const headers = { ...file.headers, authorization: `Bearer ${key}` };
  const response = await app.inject({ method: "POST", url: "/api/v1/ingestions", payload: file.payload ?? "", headers });
  expect(response.statusCode).toBe(413);
  expect(response.json<{ detail: string }>().detail).toContain("more memory");
  const [row] = await api.database.query("select status, error from ingestion order by created_at desc limit 1");
  expect(row).toMatchObject({ status: "failed", error: expect.stringContaining("more memory") });
  await app.close();
  await thread.close();
});
