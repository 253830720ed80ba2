import { expect, test } from "vitest";
import { lintDocument, type LintedDocument } from "./lint-document.ts";
import { openApiDocument } from "./openapi-document.ts";

// The published document is linted here, and compared with the one before by breaking-changes.test.ts.

const document = (await openApiDocument()) as LintedDocument;
// oxlint-disable-next-line typescript/no-explicit-any
type Draft = Record<string, any>;
const changed = (change: (draft: Draft) => void): readonly string[] => {
  const draft = structuredClone(document) as Draft;
  change(draft);
  return lintDocument(draft as LintedDocument);
};

test("the published document has nothing to stumble over", () => {
  expect(lintDocument(document)).toEqual([]);
});

test.each<[string, (identity: Draft, draft: Draft) => void]>([
  ["has no operationId", (one) => delete one["operationId"]],
  ["shares the operationId getPosture", (one) => (one["operationId"] = "getPosture")],
  ["has no summary", (one) => delete one["summary"]],
  ["does not stand under one tag", (one) => (one["tags"] = [])],
  ["takes a body of no type", (one) => (one["requestBody"] = { content: {} })],
  ["does not declare id", (one) => (one["parameters"] = [])],
  ["declares other, which is not in its path", (one) => one["parameters"].push({ name: "other", in: "path", schema: {} })],
  ["does not say what 403 is", (one) => delete one["responses"]["403"]],
  ["answers 404 with no problem", (one) => (one["responses"]["404"].content = { "application/json": { schema: {} } })],
  ["has no answer that is a success", (one) => delete one["responses"]["200"]],
  ["does not say what the JSON of 200 is", (one) => (one["responses"]["200"].content = { "application/json": {} })],
])("a fault is named: %s", (expected, plant) => {
  expect(changed((draft) => plant(draft["paths"]["/api/v1/identities/{id}"]["get"], draft))).toContain(
    `GET /api/v1/identities/{id} ${expected}`,
  );
});

test("a reference to what is not there is named", () => {
  expect(changed((draft) => delete draft["components"]["schemas"]["Ingestion"])).toContain(
    "#/components/schemas/Ingestion is referred to and not there",
  );
});
