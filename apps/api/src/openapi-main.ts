import { writeFile } from "node:fs/promises";
import { openApiDocument } from "./rest/openapi-document.ts";

/** Rewrites the committed document: `node apps/api/src/openapi-main.ts`. */
await writeFile(new URL("../openapi.json", import.meta.url), await openApiDocument());
