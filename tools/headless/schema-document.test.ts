import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { schemaDocument } from "./schema-document.ts";

test("docs/analyse.schema.json is as the code says (else: node tools/headless/write-schema.ts)", () => {
  const path = fileURLToPath(new URL("../../docs/analyse.schema.json", import.meta.url));
  expect(readFileSync(path, "utf8")).toBe(schemaDocument());
});
