import type { MemberRow } from "@rollcall/posture-pipeline";
import { rosterReaders } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const list = authed(rosterReaders).query(({ ctx }): Promise<readonly MemberRow[]> =>
  ctx.services.accounts.listMembers(ctx.workspaceId),
);
