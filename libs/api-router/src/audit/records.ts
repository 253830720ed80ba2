import { z } from "zod";
import type { AuditRecord } from "@rollcall/posture-pipeline";
import { logReaders } from "../access-matrix.ts";
import { authed } from "../trpc.ts";

/** The chain as it is hashed, oldest first: for verifying it elsewhere. */
export const records = authed(logReaders)
  .input(z.strictObject({ after: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(1000) }))
  .query(async ({ ctx, input }): Promise<{ readonly items: readonly AuditRecord[] }> => ({
    items: await ctx.services.audit.records(ctx.workspaceId, input.after, input.limit),
  }));
