import { admins } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** Also ends a load that still runs: what it brought so far goes with the rest. */
export const remove = authed(admins).mutation(async ({ ctx }): Promise<{ readonly identities: number }> => ({
  identities: await ctx.services.ingest.removeSources(ctx.workspaceId, { origin: "demo" }),
}));
