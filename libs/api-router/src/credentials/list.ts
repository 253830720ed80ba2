import type { CredentialRow, Page, Total } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { credentialFilter } from "../schemas/filters.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { withRotationWindow } from "../words/credential-words.ts";

export interface CredentialPage extends Page<CredentialRow> {
  readonly total: Total;
}

export const list = authed(everyone, "own")
  .input(pageInput.extend({ filter: credentialFilter.default({}) }))
  .query(async ({ ctx, input }): Promise<CredentialPage> => {
    const page = { cursor: input.cursor, limit: input.limit };
    const { items, nextCursor, total } = await ctx.services.read.listCredentials(ctx.workspaceId, { filter: input.filter, page });
    return { items: items.map(withRotationWindow), nextCursor, total };
  });
