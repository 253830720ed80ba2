import { z } from "zod";
import type { ApiKeyRow } from "@rollcall/posture-pipeline";
import { mintApiKey } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";
import { network, sourceLimit } from "./limits.ts";

export const apiKeyScope = z.enum(["ingest", "read", "triage", "admin"]);

export const create = authed(admins)
  .input(
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      scopes: z.array(apiKeyScope).min(1).max(4),
      expiresInDays: z.int().min(1).max(366).default(90),
      networks: z.array(network).max(20).default([]),
      sources: z.array(sourceLimit).max(50).default([]),
      /** The service user it is for; absent = the person who makes it. */
      serviceUserId: z.uuid().nullable().default(null),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly key: string; readonly apiKey: ApiKeyRow }> => {
    const minted = mintApiKey("api");
    const expiresAt = new Date(ctx.services.clock.now().getTime() + input.expiresInDays * 86_400_000).toISOString();
    const apiKey = await ctx.services.accounts.createApiKey(ctx.workspaceId, {
      keyId: minted.keyId,
      secretHash: ctx.services.hashSecret(minted.secret),
      name: input.name,
      scopes: [...new Set(input.scopes)],
      networks: [...new Set(input.networks)],
      sources: [...new Set(input.sources)],
      expiresAt,
      serviceUserId: input.serviceUserId,
      createdBy: ctx.viewer.userId,
    });
    return { key: minted.key, apiKey };
  });
