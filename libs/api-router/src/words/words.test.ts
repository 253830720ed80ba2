import { expect, test } from "vitest";
import { fieldOfPath, wordsOfField } from "./field-words.ts";
import { factViews } from "./identity-words.ts";
import { dayInWords, sourceSentence } from "./source-words.ts";
import { attestedFacts } from "./attested-facts.ts";

type Source = Parameters<typeof sourceSentence>[0];
const dataset = (change: Partial<Source["datasets"][number]>): Source["datasets"][number] => ({
  dataset: "users",
  region: "global",
  outcome: "complete",
  observedAt: "2019-05-07T10:00:00Z",
  note: null,
  missingPermission: null,
  rows: 1,
  ...change,
});
const source: Source = {
  id: "0190b0a0-0000-7000-8000-000000000002",
  connector: "aws",
  name: "123456789012",
  account: "123456789012",
  origin: "import",
  asOf: "2019-05-07T23:30:00Z",
  lastSyncAt: null,
  identities: 3,
  state: "ok",
  datasets: [dataset({}), dataset({ dataset: "roles" }), dataset({ dataset: "policies" })],
};

test("a complete read in one sentence", () => {
  expect(sourceSentence(source, undefined)).toBe("Read 3 of 3 datasets, as of 7 May 2019.");
});

test("names what could not be read and the permission it takes", () => {
  const datasets = [dataset({}), dataset({ dataset: "use", outcome: "denied", missingPermission: "iam:GetServiceLastAccessedDetails" })];
  expect(sourceSentence({ ...source, datasets }, undefined)).toBe(
    "Read 1 of 2 datasets completely, as of 7 May 2019; denied: use (needs iam:GetServiceLastAccessedDetails).",
  );
  const several = [
    dataset({}),
    dataset({ dataset: "roles", outcome: "partial" }),
    dataset({ dataset: "pods", outcome: "partial", region: "eu-1" }),
  ];
  expect(sourceSentence({ ...source, datasets: several }, undefined)).toBe(
    "Read 1 of 3 datasets completely, as of 7 May 2019; read in part: roles, pods (eu-1).",
  );
});

test("says so when nothing was read", () => {
  expect(sourceSentence({ ...source, datasets: [] }, undefined)).toBe("Nothing was read yet.");
});

test("days are those of UTC", () => {
  expect(dayInWords("2026-01-01T00:30:00+01:00")).toBe("31 December 2025");
});

test("an index in a path does not change the field", () => {
  expect(fieldOfPath("credentials[3].lastRotatedAt")).toBe("credentials.lastRotatedAt");
  expect(fieldOfPath("credentials.3.lastRotatedAt")).toBe("credentials.lastRotatedAt");
});

test("a field without words still reads like words", () => {
  expect(wordsOfField("cloud.mfaDevices").label).toBe("Cloud mfa devices");
});

test("known facts come first, unknown ones say why and how to know", () => {
  const views = factViews(
    { purpose: { unknown: "denied" }, environment: { known: "prod", source: "AWS", observedAt: "2026-01-01T00:00:00Z" } },
    { "usage.lastUsedAt": "not_collected", purpose: "denied" },
  );
  expect(views.map((view) => view.path)).toEqual(["environment", "usage.lastUsedAt", "purpose"]);
  expect(views[0]).toMatchObject({ label: "Environment", value: "Production", source: "AWS" });
  expect(views[2]).toMatchObject({ unknown: "Rollcall was not allowed to read it." });
});

test("an attested fact names the person and the time; what was not stated is not written", () => {
  const facts = attestedFacts(
    { ownerEmail: "ada@example.org", reviewedNow: true },
    { userId: "u", name: "Ada", email: null },
    "2026-01-01T00:00:00Z",
  );
  expect(facts["owner.personId"]).toEqual({ known: "ada@example.org", source: "attested by Ada", observedAt: "2026-01-01T00:00:00Z" });
  expect(facts["review.lastReviewedAt"]).toMatchObject({ known: "2026-01-01T00:00:00Z" });
  expect(Object.keys(facts)).not.toContain("purpose");
});
