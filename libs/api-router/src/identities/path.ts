import { z } from "zod";
import type { PathView } from "@rollcall/posture-pipeline";
import { pathView } from "../access/path-view.ts";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

/** Shortest way from the identity to a node it reaches; null when there is none. */
export const path = authed(everyone)
  .input(z.strictObject({ id: z.uuid(), toNodeKey: z.string().min(1).max(2048) }))
  .query(async ({ ctx, input }): Promise<PathView | null> => {
    const cached = found(await ctx.services.graphs.get(ctx.workspaceId), "analysis");
    const from = found(cached.nodeByEntityId.get(input.id), "identity");
    const to = cached.graph.indexByKey.get(input.toNodeKey);
    return to === undefined ? null : pathView(cached.graph, from, to);
  });
