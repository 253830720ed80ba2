import type { FileConnector } from "@rollcall/posture-pipeline";
import { pushManifest } from "./manifest.ts";
import { parsePush } from "./parse.ts";
import { looksLikePush } from "./read-records.ts";

export const pushConnector: FileConnector = { manifest: pushManifest, recognise: looksLikePush, parse: parsePush };
