import { writeFileSync } from "node:fs";
import { restApiTypes, typesPath } from "./rest-api-types.ts";

/** Writes the types of the REST client anew. */
writeFileSync(typesPath, await restApiTypes());
process.stdout.write(`${typesPath}\n`);
