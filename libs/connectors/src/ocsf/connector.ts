import type { FileConnector } from "@rollcall/posture-pipeline";
import { ocsfManifest } from "./manifest.ts";
import { parseOcsf } from "./parse.ts";
import { looksLikeOcsf } from "./read-events.ts";

export const ocsfConnector: FileConnector = { manifest: ocsfManifest, recognise: looksLikeOcsf, parse: parseOcsf };
