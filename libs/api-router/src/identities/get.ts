import type { IdentityView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { datasetTitles, identityView } from "../words/identity-words.ts";
import { found } from "../words/found.ts";

export const get = authed(everyone, "own")
  .input(idInput)
  .query(async ({ ctx, input }): Promise<IdentityView> =>
    identityView(found(await ctx.services.read.identity(ctx.workspaceId, input.id), "identity"), datasetTitles(ctx.services.connectors)),
  );
