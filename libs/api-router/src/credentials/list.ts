import type { CredentialRow, Page } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { credentialFilter } from "../schemas/filters.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { withRotationWindow } from "../words/credential-words.ts";

export const list = authed(everyone, "own")
  .input(pageInput.extend({ filter: credentialFilter.default({}) }))
  .query(async ({ ctx, input }): Promise<Page<CredentialRow>> => {
    const page = { cursor: input.cursor, limit: input.limit };
    const { items, nextCursor } = await ctx.services.read.listCredentials(ctx.workspaceId, { filter: input.filter, page });
    return { items: items.map(withRotationWindow), nextCursor };
  });
