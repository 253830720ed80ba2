import { admins } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

/** Disconnects a source and takes everything it stated with it. */
export const remove = authed(admins)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<{ readonly identities: number }> => {
    const sources = await ctx.services.read.listSources(ctx.workspaceId);
    const source = found(
      sources.find((candidate) => candidate.id === input.id),
      "source",
    );
    return { identities: await ctx.services.ingest.removeSources(ctx.workspaceId, { sourceIds: [source.id] }) };
  });
