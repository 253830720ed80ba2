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
  return { ...posture, formula: postureFormula, owaspNhi: controlViews("owasp-nhi-2025", tallies, openByRule) };
});
