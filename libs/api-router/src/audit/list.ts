import { z } from "zod";
import type { AuditRow, Page } from "@rollcall/posture-pipeline";
import { logReaders } from "../access-matrix.ts";
import { pageInput } from "../schemas/page-input.ts";
import { authed } from "../trpc.ts";

export const auditFilter = z.strictObject({
  action: z.string().max(64).optional(),
  actorId: z.string().max(128).optional(),
  objectId: z.string().max(256).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** Newest first. */
export const list = authed(logReaders)
  .input(pageInput.extend({ filter: auditFilter.default({}) }))
  .query(({ ctx, input }): Promise<Page<AuditRow>> => ctx.services.audit.list(ctx.workspaceId, input));
