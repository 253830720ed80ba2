import type { SourceView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { sourceView } from "../words/source-words.ts";

export const list = authed(everyone).query(async ({ ctx }): Promise<readonly SourceView[]> =>
  (await ctx.services.read.listSources(ctx.workspaceId)).map((source) => sourceView(source, ctx.services.connectors)),
);
