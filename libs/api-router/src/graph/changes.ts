import { z } from "zod";
import type { OfferedChange } from "@rollcall/posture-pipeline";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { nodeReference } from "./picture-input.ts";

/** What could be changed about a node: the steps a plan may be made of. */
export const changes = authed(stewards)
  .input(z.strictObject({ node: nodeReference }))
  .query(({ ctx, input, signal }): Promise<readonly OfferedChange[]> =>
    ctx.services.graphs.ask(ctx.workspaceId, { name: "changes", input }, { signal }),
  );
