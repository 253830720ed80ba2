import { readFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const root = join(import.meta.dirname, "..", "..");
export const typesPath = join(root, "libs", "rest-client", "src", "generated", "rest-api.ts");

/** The types of the REST API as the published document describes it. */
export async function restApiTypes(): Promise<string> {
  const document = JSON.parse(readFileSync(join(root, "apps", "api", "openapi.json"), "utf8")) as object;
  const nodes = await openapiTS(document as Parameters<typeof openapiTS>[0]);
  return `// Written by \`npm run generate:client\` from apps/api/openapi.json.\n${astToString(nodes)}`;
}
