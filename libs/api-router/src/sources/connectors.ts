import type { ConnectorManifest } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** Those that a person can bring something for; the source that Rollcall is itself comes by itself. */
export const connectors = authed(everyone).query(({ ctx }): readonly ConnectorManifest[] =>
  ctx.services.connectors.filter(({ howToExport }) => howToExport.length > 0),
);
