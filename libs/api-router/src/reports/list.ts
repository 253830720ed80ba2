import { everyone } from "../access-matrix.ts";
import { pageInput } from "../schemas/page-input.ts";
import { reportFilter } from "../schemas/filters.ts";
import { authed } from "../trpc.ts";

/** What other tools say, of everything or of one identity. */
export const list = authed(everyone, "own")
  .input(pageInput.extend({ filter: reportFilter.default({}) }))
  .query(({ ctx, input: { filter, ...page } }) => ctx.services.read.listReports(ctx.workspaceId, { filter, page }));
