import type { ChokePointsAnswer } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** The changes that cut most risk, ranked. While they are computed the answer says since when; ask again. */
export const chokePoints = authed(everyone).query(({ ctx }): Promise<ChokePointsAnswer> =>
  ctx.services.graphs.chokePoints(ctx.workspaceId),
);
