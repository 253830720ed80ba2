import "../../apps/api/src/openapi-main.ts";
import { writeFileSync } from "node:fs";
import { restApiTypes, typesPath } from "./rest-api-types.ts";

/** Writes the published document anew (the import does), then the types of the REST client from it. */
writeFileSync(typesPath, await restApiTypes());
process.stdout.write(`${typesPath}\n`);
