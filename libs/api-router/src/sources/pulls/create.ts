import { z } from "zod";
import type { PullSourceRow } from "@rollcall/posture-pipeline";
import { uuidV7 } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { authOf, pagingInput, pullAuthInput, refuseSecretInAddress } from "./pull-input.ts";
import { sealInput } from "./seal-input.ts";

/** An export that Rollcall reads from an address by itself, at once and then every so often. */
export const create = authed(admins)
  .input(
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      url: z.string().trim().max(2_048),
      account: z.string().trim().min(1).max(120).nullable().default(null),
      paging: pagingInput.nullable().default(null),
      intervalHours: z.int().min(1).max(720).default(24),
      auth: pullAuthInput,
    }),
  )
  .mutation(async ({ ctx, input: { auth, ...input } }): Promise<PullSourceRow> => {
    const { services, workspaceId } = ctx;
    services.vault.checkAddress(input.url);
    refuseSecretInAddress(input.url);
    const source = { id: uuidV7(), url: new URL(input.url).href };
    const setBy = ctx.viewer.userId;
    const credential = await sealInput(auth, { services, workspaceId, setBy, source });
    return services.pullSources.create(workspaceId, { ...input, ...source, auth: authOf(auth), credential, createdBy: setBy });
  });
