import { z } from "zod";
import type { PullSourceRow } from "@rollcall/posture-pipeline";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";
import { authOf, pullAuthInput } from "./pull-input.ts";
import { sealInput } from "./seal-input.ts";

/** Replaces the credential, or removes it (`none`). The former one cannot be brought back. */
export const setCredential = authed(admins)
  .input(z.strictObject({ id: z.uuid(), auth: pullAuthInput }))
  .mutation(async ({ ctx, input: { id, auth } }): Promise<PullSourceRow> => {
    const { services, workspaceId } = ctx;
    const source = found(await services.pullSources.get(workspaceId, id), "source");
    const credential = await sealInput(auth, { services, workspaceId, setBy: ctx.viewer.userId, source });
    return found(await services.pullSources.setCredential(workspaceId, id, { auth: authOf(auth), credential }), "source");
  });
