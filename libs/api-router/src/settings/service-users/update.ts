import { z } from "zod";
import type { ServiceUserRow } from "@rollcall/posture-pipeline";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";
import { serviceUserInput } from "./service-user-input.ts";

export const update = authed(admins)
  .input(z.strictObject({ id: z.uuid(), user: serviceUserInput }))
  .mutation(async ({ ctx, input }): Promise<ServiceUserRow> =>
    found(await ctx.services.machines.updateServiceUser(ctx.workspaceId, input.id, input.user), "service user"),
  );
