import { readFileSync } from "node:fs";
import type { ImportFile } from "@rollcall/posture-pipeline";

/** A fixture beside a test, as an import file. */
export const fixtureFile = (folder: URL, name: string): ImportFile => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(name, folder))),
  modifiedAt: null,
});

/** An import file out of a text. */
export const textFile = (name: string, text: string): ImportFile => ({ name, bytes: new TextEncoder().encode(text), modifiedAt: null });
