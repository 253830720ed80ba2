import type { FrameworkSummary } from "../words/framework-words.ts";
import { frameworkSummaries } from "../words/framework-words.ts";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

export const list = authed(everyone).query(async ({ ctx }): Promise<readonly FrameworkSummary[]> =>
  frameworkSummaries(await ctx.services.read.tallies(ctx.workspaceId)),
);
