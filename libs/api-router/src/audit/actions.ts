import { logReaders } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** Actions the log has seen, for the filter. */
export const actions = authed(logReaders).query(({ ctx }): Promise<readonly string[]> => ctx.services.audit.actions(ctx.workspaceId));
