import { z } from "zod";
import type { PathView } from "@rollcall/posture-pipeline";
import { pathView } from "../access/path-view.ts";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

/** Shortest way from another node to the identity; null when there is none. */
export const reachedByPath = authed(everyone)
  .input(z.strictObject({ id: z.uuid(), fromNodeKey: z.string().min(1).max(2048) }))
  .query(async ({ ctx, input }): Promise<PathView | null> => {
    const cached = found(await ctx.services.graphs.get(ctx.workspaceId), "analysis");
    const to = found(cached.nodeByEntityId.get(input.id), "identity");
    const from = cached.graph.indexByKey.get(input.fromNodeKey);
    return from === undefined ? null : pathView(cached.graph, from, to);
  });
