import { z } from "zod";
import type { ApiKeyRow } from "@rollcall/posture-pipeline";
import { isNetwork, mintApiKey } from "@rollcall/platform";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const apiKeyScope = z.enum(["ingest", "read", "triage", "admin"]);

/** An address or a range: `10.0.0.0/8`, `2001:db8::/32`. */
const network = z.string().trim().max(64).refine(isNetwork, { error: "is not an address range such as 10.0.0.0/8" });
/** `aws` or `aws:123456789012`. */
const sourceLimit = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,63}(?::\S{1,256})?$/, { error: "is not a source such as aws or aws:123456789012" });

export const create = authed(admins)
  .input(
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      scopes: z.array(apiKeyScope).min(1).max(4),
      expiresInDays: z.int().min(1).max(366).default(90),
      networks: z.array(network).max(20).default([]),
      sources: z.array(sourceLimit).max(50).default([]),
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
      createdBy: ctx.viewer.userId,
    });
    return { key: minted.key, apiKey };
  });
