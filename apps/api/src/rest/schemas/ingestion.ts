import { z } from "zod";
import type { IngestionView } from "@rollcall/posture-pipeline";

const text = z.string();
const count = z.number().int();

export const ingestionView = z
  .object({
    id: z.uuid(),
    status: z.enum(["pending", "processing", "completed", "failed", "held", "cancelled"]),
    createdAt: text,
    finishedAt: text.nullable(),
    files: z.array(text).readonly(),
    error: text.nullable(),
    syncs: z
      .array(
        z.object({
          id: z.uuid(),
          sourceId: z.uuid(),
          connector: text,
          sourceName: text,
          asOf: text,
          asOfBasis: text,
          status: text,
          phase: text,
          done: count,
          total: count.nullable(),
          counts: z.object({ added: count, changed: count, unchanged: count, markedAbsent: count, removed: count }).nullable(),
          totals: z.record(text, count),
          notes: z.array(text).readonly(),
          rejected: z.array(z.object({ where: text, code: text, message: text })).readonly(),
          rejectedTotal: count,
        }),
      )
      .readonly(),
  })
  .meta({ id: "Ingestion" }) satisfies z.ZodType<IngestionView>;

export const rejectedQuery = z.strictObject({
  cursor: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(["json", "csv"]).optional(),
});
export const rejectedPage = z.object({
  items: z.array(z.object({ syncId: z.uuid(), where: text, code: text, message: text })).readonly(),
  nextCursor: text.nullable(),
  kept: count.describe("How many are kept with their reason"),
  total: count.describe("How many there were"),
});
