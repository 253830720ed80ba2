import type { RadiusView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { assertOwnNode } from "../words/own-node.ts";
import { pictureInput } from "./picture-input.ts";

/** Blast radius of a node, gathered into a picture of few marks however much it reaches. */
export const radius = authed(everyone, "own")
  .input(pictureInput)
  .query(async ({ ctx, input, signal }): Promise<RadiusView> => {
    await assertOwnNode(ctx, input.node);
    return ctx.services.graphs.ask(ctx.workspaceId, { name: "radius", input }, { signal });
  });
