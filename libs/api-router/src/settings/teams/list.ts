import type { TeamRow } from "@rollcall/posture-pipeline";
import { rosterReaders } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const list = authed(rosterReaders).query(({ ctx }): Promise<readonly TeamRow[]> => ctx.services.accounts.listTeams(ctx.workspaceId));
