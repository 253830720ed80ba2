import { z } from "zod";
import type { PlanChange } from "@rollcall/posture-pipeline";
import { nodeReference } from "./picture-input.ts";

const reference = z.string().min(1).max(2048);

/** As the document writes them. */
const parts = z.array(reference).max(500).default([]);

/** Less of one statement. */
export const narrowStatement = z.strictObject({
  kind: z.literal("narrow_statement"),
  policy: reference,
  statement: z.string().min(1).max(256),
  removeActions: parts,
  removeResources: parts,
  addConditions: z
    .array(
      z.strictObject({ operator: z.string().min(1).max(64), key: z.string().min(1).max(256), values: z.array(reference).min(1).max(50) }),
    )
    .max(10)
    .default([]),
});

/** One step of a plan. */
export const planChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("revoke_credential"), credential: nodeReference }),
  z.strictObject({ kind: z.literal("rotate_credential"), credential: nodeReference }),
  z.strictObject({ kind: z.literal("delete_identity"), identity: nodeReference }),
  z.strictObject({ kind: z.literal("remove_grant"), grant: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal("remove_statement"), policy: reference, statement: z.string().min(1).max(256) }),
  z.strictObject({ kind: z.literal("narrow_policy"), policy: reference, document: z.record(z.string(), z.unknown()) }),
  narrowStatement,
]) satisfies z.ZodType<PlanChange>;

/** Steps a plan may have: more is a project, and no picture of it would be read. */
export const planChanges = z.array(planChange).min(1).max(30);
