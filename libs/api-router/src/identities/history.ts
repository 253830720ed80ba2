import { z } from "zod";
import type { ChangeRow, Page } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

export const history = authed(everyone)
  .input(pageInput.extend({ id: z.uuid() }))
  .query(({ ctx, input }): Promise<Page<ChangeRow>> =>
    ctx.services.read.identityHistory(ctx.workspaceId, input.id, { cursor: input.cursor, limit: input.limit }),
  );
