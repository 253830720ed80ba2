import type { IdentityRow, Page, Total } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { direction, identityFilter, identitySort } from "../schemas/filters.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

export const identitiesListInput = pageInput.extend({
  filter: identityFilter.default({}),
  sort: identitySort.default("score"),
  direction: direction.default("desc"),
});

export const list = authed(everyone, "own")
  .input(identitiesListInput)
  .query(({ ctx, input }): Promise<Page<IdentityRow> & { readonly total: Total }> =>
    ctx.services.read.listIdentities(ctx.workspaceId, {
      filter: input.filter,
      sort: input.sort,
      direction: input.direction,
      page: { cursor: input.cursor, limit: input.limit },
    }),
  );
