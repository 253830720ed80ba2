import type { ExposureView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { assertOwnNode } from "../words/own-node.ts";
import { pictureInput } from "./picture-input.ts";

/** Who can reach a node. */
export const exposure = authed(everyone, "own")
  .input(pictureInput)
  .query(async ({ ctx, input, signal }): Promise<ExposureView> => {
    await assertOwnNode(ctx, input.node);
    return ctx.services.graphs.ask(ctx.workspaceId, { name: "exposure", input }, { signal });
  });
