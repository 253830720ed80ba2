import type { ServiceUserRow } from "@rollcall/posture-pipeline";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const list = authed(admins).query(({ ctx }): Promise<readonly ServiceUserRow[]> =>
  ctx.services.machines.listServiceUsers(ctx.workspaceId),
);
