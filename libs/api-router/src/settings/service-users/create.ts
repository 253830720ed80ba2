import type { ServiceUserRow } from "@rollcall/posture-pipeline";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { serviceUserInput } from "./service-user-input.ts";

/** A member that is no person. By itself it can do nothing: keys and federations are made for it. */
export const create = authed(admins)
  .input(serviceUserInput)
  .mutation(({ ctx, input }): Promise<ServiceUserRow> =>
    ctx.services.machines.createServiceUser(ctx.workspaceId, { ...input, createdBy: ctx.viewer.userId }),
  );
