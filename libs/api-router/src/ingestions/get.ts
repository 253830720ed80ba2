import type { IngestionView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

export const get = authed(everyone)
  .input(idInput)
  .query(async ({ ctx, input }): Promise<IngestionView> =>
    found(await ctx.services.read.ingestion(ctx.workspaceId, input.id), "ingestion"),
  );
