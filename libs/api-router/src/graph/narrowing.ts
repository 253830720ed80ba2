import type { NarrowingView } from "@rollcall/posture-pipeline";
import { stewards } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { narrowStatement } from "./plan-change.ts";

/** What would be left of a statement, or why it cannot be narrowed like this. Changes nothing. */
export const narrowing = authed(stewards)
  .input(narrowStatement)
  .query(({ ctx, input, signal }): Promise<NarrowingView> =>
    ctx.services.graphs.ask(ctx.workspaceId, { name: "narrowing", input }, { signal }),
  );
