import { z } from "zod";
import type { FindingGroup } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { findingFilter } from "../schemas/filters.ts";
import { authed } from "../trpc.ts";
import { findingGroups } from "../words/finding-words.ts";
import { rulesOfControl } from "../words/framework-words.ts";

export const groups = authed(everyone, "own")
  .input(z.strictObject({ filter: findingFilter.default({}) }))
  .query(async ({ ctx, input }): Promise<readonly FindingGroup[]> => {
    const [rows, tallies] = await Promise.all([
      ctx.services.read.findingGroups(ctx.workspaceId, rulesOfControl(input.filter)),
      ctx.services.read.tallies(ctx.workspaceId),
    ]);
    return findingGroups(rows, tallies);
  });
