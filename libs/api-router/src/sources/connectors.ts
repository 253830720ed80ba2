import type { ConnectorManifest } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

export const connectors = authed(everyone).query(({ ctx }): readonly ConnectorManifest[] => ctx.services.connectors);
