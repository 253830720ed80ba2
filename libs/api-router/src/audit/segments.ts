import type { AuditSegment } from "@rollcall/posture-pipeline";
import { logReaders } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** What was pruned, oldest first: the chain goes on where the last one ends. One a month at most. */
export const segments = authed(logReaders).query(async ({ ctx }): Promise<{ readonly items: readonly AuditSegment[] }> => ({
  items: await ctx.services.audit.segments(ctx.workspaceId),
}));
