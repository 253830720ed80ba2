import { accessView, type AccessAnswer } from "../access/access-view.ts";
import { everyone } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

/** Null blast numbers do not exist: an identity that is not in the graph yet is answered with not_found by the view. */
export const access = authed(everyone)
  .input(idInput)
  .query(async ({ ctx, input }): Promise<AccessAnswer> => {
    const graph = found(await ctx.services.graphs.get(ctx.workspaceId), "analysis");
    return found(accessView(graph, input.id), "identity");
  });
