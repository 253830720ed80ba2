import type { IngestionView } from "@rollcall/posture-pipeline";
import type { ApiUnderTest, Browser } from "./api-under-test.ts";
import { applyIngestion } from "./apply-ingestion.ts";
import { multipart } from "./multipart.ts";

/** A name a spreadsheet would run. */
export const formulaName = '=HYPERLINK("https://evil.example")';

const identity = (name: string, facts: Record<string, unknown>): object => ({
  kind: "identity",
  ref: `bot/${name}`,
  identityKind: "bot",
  name,
  provider: "test",
  facts: { status: "active", environment: "prod", ...facts },
  attributes: {},
});
const credential = (name: string, facts: Record<string, unknown>): object => ({
  kind: "credential",
  ref: `key/${name}`,
  identityRef: `bot/${name}`,
  credentialKind: "api_key",
  facts: {
    status: "active",
    static: true,
    createdAt: "2020-01-01T00:00:00Z",
    lastRotatedAt: "2020-01-01T00:00:00Z",
    hasExpiry: false,
    ...facts,
  },
});

/** Five bots: nobody owns most of them, their keys are years old. */
export function estate(ownerEmail: string): string {
  const owned = { "owner.kind": "person", "owner.personId": ownerEmail, "owner.email": ownerEmail, "owner.status": "active" };
  const nobody = { "owner.kind": "none" };
  const names = ["billing", "crawler", "deployer", "exporter", formulaName];
  const records = [
    { source: "test-estate", account: "acme", asOf: "2026-11-01T00:00:00Z", scopes: [{ dataset: "bots", outcome: "complete" }] },
    ...names.flatMap((name) => [identity(name, name === "billing" ? owned : nobody), credential(name, {})]),
    {
      kind: "resource",
      ref: "store/ledger",
      resourceKind: "data_store",
      name: "ledger",
      provider: "test",
      sensitivity: { weight: 80, reason: "payments" },
      attributes: {},
    },
    {
      kind: "grant",
      ref: "grant/1",
      dialect: "direct",
      grantKind: "ACCESSES",
      from: "bot/billing",
      to: "store/ledger",
      level: "write",
      attributes: {},
    },
  ];
  return records.map((record) => JSON.stringify(record)).join("\n");
}

export const analysedWorkspace = (api: ApiUnderTest, admin: Browser, ownerEmail: string): Promise<IngestionView> =>
  analysedEstate(api, admin, estate(ownerEmail));

/** Sends an estate through the API, then does what the worker does, in this process. */
export async function analysedEstate(api: ApiUnderTest, admin: Browser, content: string): Promise<IngestionView> {
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  const upload = await admin.send({
    method: "POST",
    url: "/api/v1/ingestions",
    ...multipart([{ name: "file", filename: "estate.ndjson", content }]),
  });
  if (upload.statusCode !== 202) throw new Error(upload.body);
  const ingestion = upload.json<IngestionView>();
  await applyIngestion(api, workspace.id, ingestion);
  return ingestion;
}
