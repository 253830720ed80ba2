import type { PullSourceRow } from "@rollcall/posture-pipeline";
import { everyone } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

/** Addresses that Rollcall reads by itself. Of a credential only that it is there, since when, by whom. */
export const list = authed(everyone).query(({ ctx }): Promise<readonly PullSourceRow[]> => ctx.services.pullSources.list(ctx.workspaceId));
