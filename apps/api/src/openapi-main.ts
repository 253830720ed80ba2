import { readFile, writeFile } from "node:fs/promises";
import { format } from "prettier";
import { breakingChanges } from "./rest/breaking-changes.ts";
import { openApiDocument } from "./rest/openapi-document.ts";

/**
 * Rewrites the committed document, as `npm run generate:client` does before it writes the client. What clients rely on stays: a change that breaks them is refused
 * unless it is asked for with `--breaking`.
 */
const path = new URL("../openapi.json", import.meta.url);
const document = await openApiDocument();
const broken = breakingChanges(JSON.parse(await readFile(path, "utf8")) as object, document);
if (broken.length > 0 && !process.argv.includes("--breaking")) {
  process.stderr.write(`This would break clients:\n${broken.map((line) => `  ${line}\n`).join("")}Nothing was written.\n`);
  process.exit(1);
}
await writeFile(path, await format(JSON.stringify(document), { parser: "json", printWidth: 140 }));
