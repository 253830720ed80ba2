import type { IngestionView, Page } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

export const list = authed(everyone)
  .input(pageInput)
  .query(({ ctx, input }): Promise<Page<IngestionView>> =>
    ctx.services.read.listIngestions(ctx.workspaceId, { cursor: input.cursor, limit: input.limit }),
  );
