import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { openApiDocument } from "./rest/openapi-document.ts";

/** Rewrites the committed document: `node apps/api/src/openapi-main.ts`. */
const text = await format(JSON.stringify(await openApiDocument()), { parser: "json", printWidth: 140 });
await writeFile(new URL("../openapi.json", import.meta.url), text);
