import { z } from "zod";
import type { PathView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** Shortest way from the identity to a node it reaches; null when there is none. */
export const path = authed(everyone)
  .input(z.strictObject({ id: z.uuid(), toNodeKey: z.string().min(1).max(2048) }))
  .query(({ ctx, input, signal }): Promise<PathView | null> =>
    ctx.services.graphs.ask(ctx.workspaceId, { name: "path", input: { from: input.id, to: input.toNodeKey } }, { signal }),
  );
