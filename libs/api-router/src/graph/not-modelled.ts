import type { NotModelledView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** What the graph does not say, and why: it makes the other answers "at least". */
export const notModelled = authed(everyone).query(({ ctx, signal }): Promise<NotModelledView> =>
  ctx.services.graphs.ask(ctx.workspaceId, { name: "notModelled", input: {} }, { signal }),
);
