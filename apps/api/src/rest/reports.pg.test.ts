import { afterAll, beforeAll, expect, test } from "vitest";
import type { IngestionView, ReportRow } from "@rollcall/posture-pipeline";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest } from "../testing/api-under-test.ts";
import { multipart } from "../testing/multipart.ts";
import { applyIngestion } from "../testing/apply-ingestion.ts";

let api: ApiUnderTest;
let key: string;
let subject: { readonly id: string; readonly ref: string };
let credentialRef: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  await analysedWorkspace(api, admin, "ada@example.org");
  key = await api.apiKey(["ingest", "read"], workspace.id);
  const [row] = await api.database.query(
    "select i.id, i.ref, c.ref as credential from identity i join credential c on c.identity_id = i.id limit 1",
  );
  subject = { id: String(row!["id"]), ref: String(row!["ref"]) };
  credentialRef = String(row!["credential"]);
  const finding = (uid: string, change: object) => ({
    class_uid: 2004,
    severity_id: 4,
    metadata: { product: { name: "Scanner" } },
    finding_info: { uid, title: `Finding ${uid}` },
    ...change,
  });
  const findings = [
    finding("about-it", { resources: [{ uid: subject.ref, name: "it" }] }),
    finding("about-its-key", { resources: [{ uid: credentialRef }], status_code: "PASS", severity_id: 0 }),
    finding("about-nobody", { resources: [{ uid: "somewhere/else" }] }),
    finding("about-nothing", {}),
  ];
  const file = multipart([{ name: "file", filename: "findings.ocsf.json", content: JSON.stringify(findings) }]);
  const response = await api.withKey(key, { method: "POST", url: "/api/v1/ingestions", ...file });
  expect(response.statusCode, response.body).toBe(202);
  const view = response.json<IngestionView>();
  expect(view.syncs.map(({ connector, sourceName, totals }) => [connector, sourceName, totals])).toEqual([
    ["ocsf", "Scanner", { detection: 4 }],
  ]);
  await applyIngestion(api, workspace.id, view);
});
afterAll(() => api?.stop());

const list = async (query: string) => {
  const response = await api.withKey(key, { method: "GET", url: `/api/v1/reports?${query}` });
  expect(response.statusCode, response.body).toBe(200);
  return response.json<{ items: ReportRow[]; nextCursor: string | null }>();
};
const refs = ({ items }: { readonly items: readonly ReportRow[] }): readonly string[] => items.map(({ ref }) => ref);

test("everything that was said is listed, also about what nobody knows", async () => {
  const all = await list("");
  expect(refs(all)).toEqual(["about-it", "about-its-key", "about-nobody", "about-nothing"]);
  expect(all.items[0]).toMatchObject({
    tool: "Scanner",
    severity: "high",
    state: "open",
    subject: "it",
    subjectRef: subject.ref,
    sourceName: "Scanner",
  });
  expect(all.items[3]).toMatchObject({ subject: null, subjectRef: null });
});

test("an identity shows what names it or its credential", async () => {
  expect(refs(await list(`identityId=${subject.id}`))).toEqual(["about-it", "about-its-key"]);
  expect(refs(await list("identityId=0190b0a0-0000-7000-8000-00000000dead"))).toEqual([]);
});

test("filters and pages", async () => {
  expect(refs(await list("state=passed"))).toEqual(["about-its-key"]);
  expect(refs(await list("severity=high"))).toEqual(["about-it", "about-nobody", "about-nothing"]);
  const first = await list("limit=3");
  expect([refs(first).length, refs(await list(`limit=3&cursor=${first.nextCursor}`))]).toEqual([3, ["about-nothing"]]);
  const forged = Buffer.from(JSON.stringify(["x", "y"])).toString("base64url");
  expect((await api.withKey(key, { method: "GET", url: `/api/v1/reports?cursor=${forged}` })).statusCode).toBe(400);
});

test("no finding and no score of ours comes of it", async () => {
  const [row] = await api.database.query("select count(*)::int as n from finding where evidence::text like '%Finding about%'");
  expect(row).toEqual({ n: 0 });
});
