import type { TaskFilter } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { AuthedContext } from "../trpc.ts";

/** Every task the filter shows now, refused rather than cut when there are too many. */
export async function idsOfFilter(ctx: AuthedContext, filter: TaskFilter, limit: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.services.read.listTasks(ctx.workspaceId, {
      filter,
      viewerId: ctx.viewer.userId ?? "",
      page: { cursor, limit: 200 },
    });
    ids.push(...page.items.map((task) => task.id));
    if (ids.length > limit) throw new AppError("too_large", `The filter matches more than ${limit} tasks. Narrow it`);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
