import { z } from "zod";
import type { Facet } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { identityFilter } from "../schemas/filters.ts";
import { authed } from "../trpc.ts";

export const facets = authed(everyone, "own")
  .input(z.strictObject({ filter: identityFilter.default({}) }))
  .query(({ ctx, input }): Promise<readonly Facet[]> => ctx.services.read.identityFacets(ctx.workspaceId, input.filter));
