import { z } from "zod";
import type { RoutesView } from "@rollcall/posture-pipeline";
import { everyone, stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { assertOwnNode } from "../words/own-node.ts";
import { nodeReference } from "./picture-input.ts";

/** Up to three ways from one node to another that share no step, each hop with its sentence and facts. */
export const routes = authed(everyone, "own")
  .input(z.strictObject({ from: nodeReference, to: nodeReference }))
  .query(async ({ ctx, input, signal }): Promise<RoutesView> => {
    await assertOwnNode(ctx, input.from);
    // What ends a step is for those who may plan with it.
    const fixes = stewards.includes(ctx.role);
    return ctx.services.graphs.ask(ctx.workspaceId, { name: "routes", input: { ...input, fixes } }, { signal });
  });
