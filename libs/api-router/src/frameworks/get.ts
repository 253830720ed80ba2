import { z } from "zod";
import type { FrameworkView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";
import { frameworkView } from "../words/framework-words.ts";

export const get = authed(everyone)
  .input(z.strictObject({ id: z.string().min(1).max(64) }))
  .query(async ({ ctx, input }): Promise<FrameworkView> => {
    const [tallies, openByRule] = await Promise.all([
      ctx.services.read.tallies(ctx.workspaceId),
      ctx.services.read.openFindingsByRule(ctx.workspaceId),
    ]);
    return found(frameworkView(input.id, tallies, openByRule), "framework");
  });
