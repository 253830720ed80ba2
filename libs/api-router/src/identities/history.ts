import { z } from "zod";
import type { Page } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";
import { changeView, type ChangeView } from "../words/change-words.ts";
import { found } from "../words/found.ts";

export const history = authed(everyone, "own")
  .input(pageInput.extend({ id: z.uuid() }))
  .query(async ({ ctx, input }): Promise<Page<ChangeView> & { readonly sourceName: string }> => {
    const page = { cursor: input.cursor, limit: input.limit };
    const [detail, { items, nextCursor }] = await Promise.all([
      ctx.services.read.identity(ctx.workspaceId, input.id),
      ctx.services.read.identityHistory(ctx.workspaceId, input.id, page),
    ]);
    const { sourceName } = found(detail, "identity");
    return { items: items.map((change) => changeView(change, sourceName)), nextCursor, sourceName };
  });
