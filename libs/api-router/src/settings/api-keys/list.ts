import type { ApiKeyRow } from "@rollcall/posture-pipeline";
import { admins } from "../../access-matrix.ts";
import { authed } from "../../trpc.ts";

export const list = authed(admins).query(({ ctx }): Promise<readonly ApiKeyRow[]> => ctx.services.accounts.listApiKeys(ctx.workspaceId));
