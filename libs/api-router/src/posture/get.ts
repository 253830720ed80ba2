import type { PostureView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { controlViews } from "../words/framework-words.ts";
import { postureFormula } from "../words/posture-words.ts";

export const get = authed(everyone).query(async ({ ctx }): Promise<PostureView> => {
  const [{ tallies, ...posture }, openByRule] = await Promise.all([
    ctx.services.read.posture(ctx.workspaceId),
    ctx.services.read.openFindingsByRule(ctx.workspaceId),
  ]);
  // The analysis that follows the removal of the last source leaves a run behind, about nothing.
  const state = posture.sources.length === 0 ? "empty" : posture.state;
  return { ...posture, state, formula: postureFormula, owaspNhi: controlViews("owasp-nhi-2025", tallies, openByRule) };
});
