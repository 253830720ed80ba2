import { z } from "zod";
import type { ApiKeyRow } from "@rollcall/posture-pipeline";
import { mintApiKey } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { found } from "../../words/found.ts";

const hourMillis = 3_600_000;
const longestOverlapHours = 7 * 24;

/** A new secret with the same rights. Both keys work until the overlap ends, so that nothing breaks while it is rolled out. */
export const rotate = authed(admins)
  .input(
    z.strictObject({
      id: z.uuid(),
      overlapHours: z.number().min(0).max(longestOverlapHours).default(24),
      expiresInDays: z.int().min(1).max(366).default(90),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly key: string; readonly apiKey: ApiKeyRow }> => {
    const minted = mintApiKey("api");
    const now = ctx.services.clock.now();
    const apiKey = await ctx.services.accounts.rotateApiKey(ctx.workspaceId, input.id, {
      keyId: minted.keyId,
      secretHash: ctx.services.hashSecret(minted.secret),
      createdBy: ctx.viewer.userId,
      expiresAt: new Date(now.getTime() + input.expiresInDays * 24 * hourMillis).toISOString(),
      overlapUntil: new Date(now.getTime() + input.overlapHours * hourMillis).toISOString(),
      now: now.toISOString(),
    });
    return { key: minted.key, apiKey: found(apiKey, "API key that could be rotated") };
  });
