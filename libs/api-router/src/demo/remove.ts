import { admins } from "../access-matrix.ts";
import { removeSources } from "../sources/remove-sources.ts";
import { authed } from "../trpc.ts";

export const remove = authed(admins).mutation(async ({ ctx }): Promise<{ readonly identities: number }> => {
  const sources = await ctx.services.read.listSources(ctx.workspaceId);
  return {
    identities: await removeSources(
      ctx,
      sources.filter((source) => source.origin === "demo").map((source) => source.id),
    ),
  };
});
