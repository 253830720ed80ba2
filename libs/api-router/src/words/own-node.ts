import { AppError } from "@rollcall/platform";
import type { AuthedContext } from "../trpc.ts";

/**
 * The graph knows no members: whoever is limited to their teams may start only from an identity that the store shows them, by its id.
 * What that identity reaches, or who reaches it, is named whoever it belongs to: without that its owner could not mend it.
 */
export async function assertOwnNode(ctx: AuthedContext, node: string): Promise<void> {
  if (ctx.viewer.limitedTo === undefined) return;
  if (!(await ctx.services.read.sees(ctx.workspaceId, node)))
    throw new AppError("not_found", "The access graph knows nothing by this name");
}
