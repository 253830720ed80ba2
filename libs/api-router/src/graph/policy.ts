import { z } from "zod";
import type { PolicyView } from "@rollcall/posture-pipeline";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** What a policy says, statement by statement, and what of it can be narrowed. */
export const policy = authed(stewards)
  .input(z.strictObject({ policy: z.string().min(1).max(2048) }))
  .query(({ ctx, input, signal }): Promise<PolicyView> => ctx.services.graphs.ask(ctx.workspaceId, { name: "policy", input }, { signal }));
