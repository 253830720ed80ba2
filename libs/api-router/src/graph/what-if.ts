import { z } from "zod";
import type { WhatIfView } from "@rollcall/posture-pipeline";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { nodeReference, pictureInput } from "./picture-input.ts";
import { planChanges } from "./plan-change.ts";

/** What a plan would take away, break and leave, for one node and for the workspace. Changes nothing. */
export const whatIf = authed(stewards)
  .input(
    z.strictObject({
      changes: planChanges,
      focus: nodeReference.nullable().default(null),
      open: pictureInput.shape.open,
      show: pictureInput.shape.show,
    }),
  )
  .query(({ ctx, input, signal }): Promise<WhatIfView> => ctx.services.graphs.ask(ctx.workspaceId, { name: "whatIf", input }, { signal }));
