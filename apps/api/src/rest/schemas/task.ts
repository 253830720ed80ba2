import { z } from "zod";
import type { TaskView } from "@rollcall/posture-pipeline";
import { findingRow, taskRow } from "./rows.ts";

const text = z.string();

export const taskView = taskRow
  .extend({
    findings: z.array(findingRow).readonly(),
    steps: z.array(text).readonly(),
    verify: text,
    breaks: text,
    why: text,
    lastUsedAt: text.nullable(),
    events: z.array(z.object({ id: text, at: text, actor: text, kind: text, text: text.nullable() })).readonly(),
    allowed: z.array(z.object({ event: text, refusal: text.nullable() })).readonly(),
    exception: z.object({ reason: text, compensatingControl: text, expiresAt: text, owner: text }).nullable(),
  })
  .meta({ id: "Task" }) satisfies z.ZodType<TaskView>;
