import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { schemaDocument } from "./schema-document.ts";

/** Run after a change of report-schema.ts: node tools/headless/write-schema.ts */
writeFileSync(fileURLToPath(new URL("../../docs/analyse.schema.json", import.meta.url)), schemaDocument());
