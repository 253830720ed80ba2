import type { CredentialRow, Page } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { credentialFilter } from "../schemas/filters.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

export const list = authed(everyone)
  .input(pageInput.extend({ filter: credentialFilter.default({}) }))
  .query(({ ctx, input }): Promise<Page<CredentialRow>> =>
    ctx.services.read.listCredentials(ctx.workspaceId, { filter: input.filter, page: { cursor: input.cursor, limit: input.limit } }),
  );
