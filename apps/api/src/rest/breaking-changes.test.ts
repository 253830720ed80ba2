import { expect, test } from "vitest";
import { breakingChanges } from "./breaking-changes.ts";
import { openApiDocument } from "./openapi-document.ts";

/** The parts of a document that these tests take away from. */
interface Draft {
  paths: Record<
    string,
    Record<string, { parameters: { name: string; in: string; required?: boolean; schema: object }[]; responses: Record<string, unknown> }>
  >;
  components: { schemas: Record<string, { properties: Record<string, { enum?: string[]; type?: string }> }> };
}
const before = await openApiDocument();
const changed = (change: (draft: Draft) => void): readonly string[] => {
  const draft = structuredClone(before) as Draft;
  change(draft);
  return breakingChanges(before, draft);
};
const identities = "/api/v1/identities";

test("the same document, and one with more in it, break nothing", () => {
  expect(breakingChanges(before, before)).toEqual([]);
  const more = changed((draft) => {
    draft.paths["/api/v1/new"] = {};
    draft.paths[identities]!["get"]!.parameters.push({ name: "extra", in: "query", schema: { type: "string" } });
    draft.components.schemas["Ingestion"]!.properties["extra"] = { type: "string" };
    draft.components.schemas["Ingestion"]!.properties["status"]!.enum!.push("paused");
  });
  expect(more).toEqual([]);
});

test.each<[string, (draft: Draft) => void, string]>([
  ["a route", (draft) => void delete draft.paths[identities], `GET ${identities} is gone`],
  ["a method", (draft) => void delete draft.paths["/api/v1/demo"]!["delete"], "DELETE /api/v1/demo is gone"],
  ["a parameter", (draft) => void draft.paths[identities]!["get"]!.parameters.shift(), `GET ${identities}: parameter query cursor is gone`],
  [
    "a parameter that has to be sent",
    (draft) => void draft.paths[identities]!["get"]!.parameters.push({ name: "x", in: "query", required: true, schema: {} }),
    `GET ${identities}: parameter query x has to be sent`,
  ],
  ["an answer", (draft) => void delete draft.paths[identities]!["get"]!.responses["401"], `GET ${identities}: answer 401 is gone`],
  ["a field", (draft) => void delete draft.components.schemas["Ingestion"]!.properties["files"], "Ingestion.files is gone"],
  [
    "a value",
    (draft) => void draft.components.schemas["Ingestion"]!.properties["status"]!.enum!.shift(),
    "Ingestion.status: pending is no value any more",
  ],
  [
    "a type",
    (draft) => void (draft.components.schemas["Ingestion"]!.properties["createdAt"]!.type = "integer"),
    "Ingestion.createdAt: type changed",
  ],
])("%s that changes is named", (_what, change, expected) => {
  expect(changed(change)).toContain(expected);
});
