import type { Page, TaskRow, Total } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { taskFilter } from "../schemas/filters.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

export interface TaskPage extends Page<TaskRow> {
  readonly total: Total;
  readonly counts: { readonly mine: number; readonly unassigned: number; readonly all: number };
}

export const list = authed(everyone, "own")
  .input(pageInput.extend({ filter: taskFilter.default({}) }))
  .query(({ ctx, input }): Promise<TaskPage> =>
    ctx.services.read.listTasks(ctx.workspaceId, {
      filter: input.filter,
      viewerId: ctx.viewer.userId ?? "",
      page: { cursor: input.cursor, limit: input.limit },
    }),
  );
