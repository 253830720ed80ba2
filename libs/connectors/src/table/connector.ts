import type { FileConnector } from "@rollcall/posture-pipeline";
import { tableManifest } from "./manifest.ts";
import { parseTables } from "./parse.ts";

/** Last of all: tables that another connector knows are its. */
export const tableConnector: FileConnector = {
  manifest: tableManifest,
  recognise: ({ name, bytes }) => /\.(?:csv|tsv)$/i.test(name) && bytes.length > 0,
  readyFor: ({ table }) => table !== undefined && table !== null,
  parse: parseTables,
};
