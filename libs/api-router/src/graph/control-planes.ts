import type { ControlPlaneView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** Vaults, pipelines, clusters and identity providers as identities of their own: what is lost with each. */
export const controlPlanes = authed(everyone).query(({ ctx, signal }): Promise<readonly ControlPlaneView[]> =>
  ctx.services.graphs.ask(ctx.workspaceId, { name: "controlPlanes", input: {} }, { signal }),
);
