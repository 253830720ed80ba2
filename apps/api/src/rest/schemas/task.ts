import { z } from "zod";
import type { TaskView } from "@rollcall/posture-pipeline";
import { beforeAfter, planChange } from "./graph.ts";
import { findingRow, taskRow } from "./rows.ts";

const text = z.string();
const planSubject = z.object({ key: text, entityId: text.nullable(), label: text, kind: text, subkind: text });

export const taskView = taskRow
  .extend({
    findings: z.array(findingRow).readonly(),
    steps: z.array(text).readonly(),
    verify: text,
    breaks: text,
    why: text,
    lastUsedAt: text.nullable(),
    plan: z
      .object({
        steps: z.array(z.object({ change: planChange, title: text })).readonly(),
        focus: planSubject.nullable(),
        risk: beforeAfter,
        riskCutPct: z.number(),
        focusPct: beforeAfter.nullable(),
        focusScore: beforeAfter.nullable(),
        affected: z.array(planSubject.extend({ used: z.enum(["used", "unused", "unknown"]), lastUsedAt: text.nullable() })).readonly(),
        affectedTotal: z.int(),
        inexact: z.array(text).readonly(),
        atLeast: z.boolean(),
        edges: z.int(),
        rotations: z.int(),
        asOf: text,
      })
      .nullable(),
    events: z.array(z.object({ id: text, at: text, actor: text, kind: text, text: text.nullable() })).readonly(),
    allowed: z.array(z.object({ event: text, refusal: text.nullable() })).readonly(),
    exception: z.object({ reason: text, compensatingControl: text, expiresAt: text, owner: text }).nullable(),
  })
  .meta({ id: "Task" }) satisfies z.ZodType<TaskView>;
