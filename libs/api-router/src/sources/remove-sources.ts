import type { AuthedContext } from "../trpc.ts";

/** Removes sources one by one and asks for one analysis afterwards, so that scores and tasks follow. */
export async function removeSources(ctx: AuthedContext, sourceIds: readonly string[]): Promise<number> {
  let identities = 0;
  for (const sourceId of sourceIds) {
    const removed = await ctx.services.ingest.removeSource(ctx.workspaceId, sourceId);
    identities += removed;
  }
  if (sourceIds.length > 0) {
    await ctx.services.ingestions.addToOutbox(ctx.workspaceId, {
      name: "analyse-workspace",
      payload: { workspaceId: ctx.workspaceId, syncId: null },
    });
  }
  return identities;
}
