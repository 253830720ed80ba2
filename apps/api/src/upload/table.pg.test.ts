import { afterAll, beforeAll, expect, test } from "vitest";
import type { TablePreview } from "@rollcall/nhi-model";
import type { IngestionView, RejectedPage } from "@rollcall/posture-pipeline";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";
import { applyIngestion } from "../testing/apply-ingestion.ts";
import { multipart } from "../testing/multipart.ts";

const canary = "CANARY-key-7f31c0a9e2b84d55";
const bots = `ID,Name,Type,Owner,API Key,Expires
svc-1,Billing,service account,ada@example.org,${canary},2027-01-01
svc-2,Crawler,robot,,,
svc-3,Odd,spaceship,,,
svc-4,Short
`;
const mapping = {
  source: "bots",
  columns: [
    { column: "ID", field: "ref" },
    { column: "Name", field: "name" },
    { column: "Type", field: "identityKind" },
    { column: "Owner", field: "owner" },
    { column: "API Key", field: "secret" },
    { column: "Expires", field: "credentialExpiresAt" },
  ],
  defaults: [{ field: "credentialKind", value: "api_key" }],
};

let api: ApiUnderTest;
let admin: Browser;
let key: string;
let workspaceId: string;
let first: IngestionView;
const send = async (parts: Parameters<typeof multipart>[0]) =>
  api.withKey(key, { method: "POST", url: "/api/v1/ingestions", ...multipart(parts) });
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
  key = await api.apiKey(["ingest", "read"], workspaceId);
  const response = await send([
    { name: "mapping", content: JSON.stringify(mapping) },
    { name: "file", filename: "bots.csv", content: bots },
  ]);
  expect(response.statusCode, response.body).toBe(202);
  first = response.json<IngestionView>();
  await applyIngestion(api, workspaceId, first);
});
afterAll(() => api?.stop());

test("rows become identities and credentials of a source of that name", async () => {
  expect(first.syncs).toMatchObject([{ connector: "csv", sourceName: "bots", totals: { rows: 4, identities: 2, credentials: 1 } }]);
  const rows = await api.database.query("select ref, name, kind from identity order by ref");
  expect(rows).toEqual([
    { ref: "svc-1", name: "Billing", kind: "service_account" },
    { ref: "svc-2", name: "Crawler", kind: "bot" },
  ]);
});

test("the value of a secret is nowhere; its fingerprint is", async () => {
  const [row] = await api.database.query(
    `select (select count(*)::int from observation where payload::text like '%CANARY%') + (select count(*)::int from rejected_record where message like '%CANARY%')
          + (select count(*)::int from sync where sync::text like '%CANARY%') as found, (select fingerprint from credential) as fingerprint`,
  );
  expect(row).toEqual({ found: 0, fingerprint: expect.stringMatching(/^\S{20,}$/) });
});

test("what did not land can be read and downloaded, with its line and reason", async () => {
  const url = `/api/v1/ingestions/${first.id}/rejected`;
  const page = (await api.withKey(key, { method: "GET", url })).json<RejectedPage>();
  expect(page).toMatchObject({
    total: 2,
    kept: 2,
    items: [
      { where: "bots.csv:4", code: "unknown_kind" },
      { where: "bots.csv:5", code: "ragged" },
    ],
  });
  const csv = await api.withKey(key, { method: "GET", url: `${url}?format=csv` });
  expect(csv.headers["content-disposition"]).toContain("rollcall-rejected.csv");
  expect(csv.body.trim().split(/\r?\n/)).toHaveLength(3);
  expect(csv.body).toContain("bots.csv:4,unknown_kind");
});

test("thousands of rejected rows are all kept", async () => {
  const many = `ID,Name,Type,Owner,API Key,Expires\n${"x,y\n".repeat(3000)}`;
  const response = await send([
    { name: "mapping", content: JSON.stringify({ ...mapping, source: "many" }) },
    { name: "file", filename: "many.csv", content: many },
  ]);
  const view = response.json<IngestionView>();
  expect(view.syncs[0]!.rejected).toHaveLength(200);
  const url = `/api/v1/ingestions/${view.id}/rejected`;
  const csv = await api.withKey(key, { method: "GET", url, headers: { accept: "text/csv" } });
  expect(csv.body.trim().split(/\r?\n/)).toHaveLength(3001);
  const last = await api.withKey(key, { method: "GET", url: `${url}?cursor=2999` });
  expect(last.json()).toMatchObject({ items: [{ where: "many.csv:3001" }], nextCursor: null, total: 3000 });
});

test("the next table of the source needs no mapping", async () => {
  const next = await send([
    { name: "account", content: "bots" },
    { name: "file", filename: "november.csv", content: bots.replace("svc-2", "svc-9") },
  ]);
  expect(next.statusCode, next.body).toBe(202);
  expect(next.json()).toMatchObject({ syncs: [{ connector: "csv", sourceName: "bots", totals: { identities: 2 } }] });
  const stranger = await send([
    { name: "account", content: "others" },
    { name: "file", filename: "november.csv", content: bots },
  ]);
  expect([stranger.statusCode, stranger.json<{ detail: string }>().detail]).toEqual([
    415,
    expect.stringMatching(/is a table\. Say which column/),
  ]);
});

test("as the body itself, with the mapping in the address", async () => {
  const response = await api.withKey(key, {
    method: "POST",
    url: `/api/v1/ingestions?mapping=${encodeURIComponent(JSON.stringify(mapping))}`,
    headers: { "content-type": "text/csv" },
    payload: bots,
  });
  expect(response.statusCode, response.body).toBe(202);
});

test.each([
  ["no JSON", "{", "is not valid JSON"],
  ["no reference", JSON.stringify({ ...mapping, columns: [{ column: "Name", field: "name" }] }), "has to be the ref"],
  [
    "a field that there is not",
    JSON.stringify({ ...mapping, columns: [{ column: "Name", field: "__proto__" }] }),
    "/mapping/columns/0/field",
  ],
  ["a key that reaches prototypes", '{"__proto__":{"source":"x"}}', "could alter"],
  ["a column that is not there", JSON.stringify({ ...mapping, columns: [{ column: "Nope", field: "ref" }] }), 'no column "Nope"'],
])("a mapping with %s is refused", async (_what, text, words) => {
  const response = await send([
    { name: "mapping", content: text },
    { name: "file", filename: "bots.csv", content: bots },
  ]);
  expect(response.statusCode).toBe(400);
  expect(response.body.replaceAll('\\"', '"')).toContain(words);
});

test("a preview shows what would come of it, as it was mapped before, and stores nothing", async () => {
  const before = await api.database.query("select count(*)::int as n from ingestion");
  const fresh = await admin.mutate<TablePreview & { saved: boolean }>("sources.previewTable", {
    name: "fresh.csv",
    head: bots,
    mapping: null,
  });
  expect(fresh).toMatchObject({ saved: false, mapping: { source: "fresh" }, rows: 4 });
  expect(JSON.stringify(fresh)).not.toContain(canary);
  const again = await admin.mutate<TablePreview & { saved: boolean }>("sources.previewTable", {
    name: "bots.csv",
    head: bots,
    mapping: null,
  });
  expect(again).toMatchObject({
    saved: true,
    mapping: { source: "bots", columns: mapping.columns },
    creates: [{ ref: "svc-1#api_key" }, { ref: "svc-1" }, { ref: "svc-2" }],
  });
  expect(await api.database.query("select count(*)::int as n from ingestion")).toEqual(before);
});
