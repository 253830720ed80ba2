import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

export const load = authed(stewards).mutation(async ({ ctx }): Promise<{ readonly ingestionId: string }> => {
  const { ingestions } = ctx.services;
  const ingestionId = await ingestions.createIngestion(ctx.workspaceId, {
    files: ["Demo organisation"],
    origin: "demo",
    createdBy: ctx.viewer.userId,
  });
  await ingestions.addToOutbox(ctx.workspaceId, { name: "load-demo", payload: { workspaceId: ctx.workspaceId, ingestionId } });
  return { ingestionId };
});
