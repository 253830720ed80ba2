import type { FindingView, Page, Total } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { findingFilter } from "../schemas/filters.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { findingView } from "../words/finding-words.ts";
import { rulesOfControl } from "../words/framework-words.ts";

export const list = authed(everyone, "own")
  .input(pageInput.extend({ filter: findingFilter.default({}) }))
  .query(async ({ ctx, input }): Promise<Page<FindingView> & { readonly total: Total }> => {
    const filter = rulesOfControl(input.filter);
    const page = await ctx.services.read.listFindings(ctx.workspaceId, { filter, page: { cursor: input.cursor, limit: input.limit } });
    return { ...page, items: page.items.map(findingView) };
  });
