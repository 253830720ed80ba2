import type { FederationRow } from "@rollcall/posture-pipeline";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const list = authed(admins).query(({ ctx }): Promise<readonly FederationRow[]> =>
  ctx.services.machines.listFederations(ctx.workspaceId),
);
