import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectors } from "@rollcall/connectors";
import { format } from "prettier";
import { permissionsDocument } from "./document.ts";

/** Writes docs/connector-permissions.md anew. */
const path = join(import.meta.dirname, "..", "..", "docs", "connector-permissions.md");
writeFileSync(path, await format(permissionsDocument(connectors.map(({ manifest }) => manifest)), { parser: "markdown" }));
process.stdout.write(`${path}\n`);
