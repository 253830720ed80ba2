import type { ExposureView } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { pictureInput } from "./picture-input.ts";

/** Who can reach a node. */
export const exposure = authed(everyone)
  .input(pictureInput)
  .query(({ ctx, input, signal }): Promise<ExposureView> =>
    ctx.services.graphs.ask(ctx.workspaceId, { name: "exposure", input }, { signal }),
  );
