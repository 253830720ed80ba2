import type { IngestionView } from "@rollcall/posture-pipeline";
import { stewards } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

export const cancel = authed(stewards)
  .input(idInput)
  .mutation(async ({ ctx, input }): Promise<IngestionView> => {
    found((await ctx.services.ingestions.cancelIngestion(ctx.workspaceId, input.id)) || null, "ingestion");
    return found(await ctx.services.read.ingestion(ctx.workspaceId, input.id), "ingestion");
  });
