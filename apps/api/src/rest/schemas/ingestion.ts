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
