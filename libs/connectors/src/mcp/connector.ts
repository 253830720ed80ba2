import type { FileConnector } from "@rollcall/posture-pipeline";
import { mcpManifest } from "./manifest.ts";
import { parseMcp } from "./parse.ts";
import { looksLikeMcpConfig } from "./read-config.ts";

export const mcpConnector: FileConnector = { manifest: mcpManifest, recognise: looksLikeMcpConfig, parse: parseMcp };
