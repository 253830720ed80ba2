import type { AccessAnswer } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { idInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

/** What an identity reaches, controls and is reached by. Not found while the newest analysis does not know it. */
export const access = authed(everyone)
  .input(idInput)
  .query(({ ctx, input, signal }): Promise<AccessAnswer> =>
    ctx.services.graphs.ask(ctx.workspaceId, { name: "access", input: { identityId: input.id } }, { signal }),
  );
