import { z } from "zod";
import type { RejectedPage } from "@rollcall/posture-pipeline";
import { everyone } from "../access-matrix.ts";
import { authed } from "../trpc.ts";
import { found } from "../words/found.ts";

const mostRecords = 1_000_000;

/** Records that were not taken. The cursor is a number, as it was published. */
export const rejected = authed(everyone)
  .input(z.strictObject({ id: z.uuid(), offset: z.int().min(0).max(mostRecords).default(0), limit: z.int().min(1).max(200).default(50) }))
  .query(async ({ ctx, input: { id, offset, limit } }): Promise<RejectedPage & { readonly nextCursor: string | null }> => {
    const page = found(await ctx.services.read.rejectedRecords(ctx.workspaceId, id, { offset, limit }), "ingestion");
    return { ...page, nextCursor: offset + limit < page.kept ? String(offset + limit) : null };
  });
