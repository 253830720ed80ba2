import { AppError } from "@rollcall/platform";
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
    if (source.origin === "self") throw new AppError("conflict", "Rollcall stands in its own inventory and cannot be removed from it");
    return { identities: await ctx.services.ingest.removeSources(ctx.workspaceId, { sourceIds: [source.id] }) };
  });
