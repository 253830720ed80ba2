import { z } from "zod";
import { playbook, severity } from "@rollcall/nhi-model";
import type { ControlView, FrameworkView, PostureView } from "@rollcall/posture-pipeline";
import { identityRow, interval } from "./rows.ts";

const text = z.string();
const maybe = z.string().nullable();
const count = z.number().int();
const score = z.number().nullable();

export const controlView = z
  .object({
    id: text,
    label: text,
    parent: maybe,
    url: maybe,
    aliases: z.array(text).readonly(),
    coverage: z.enum(["covered", "partial", "manual", "not_assessable"]),
    status: z.enum(["ok", "at_risk", "failing", "unknown", "not_assessed"]),
    reason: maybe,
    rules: z.array(z.object({ ruleId: text, title: text, pass: count, fail: count, unknown: count, notApplicable: count })).readonly(),
    openFindings: count,
  })
  .meta({ id: "Control" }) satisfies z.ZodType<ControlView>;

const coverageCounts = z.object({ covered: count, partial: count, manual: count, not_assessable: count });

export const frameworkSummary = z
  .object({
    id: text,
    title: text,
    version: text,
    publisher: text,
    summary: coverageCounts,
    statuses: z.object({ ok: count, at_risk: count, failing: count, unknown: count, not_assessed: count }),
  })
  .meta({ id: "FrameworkSummary" });

export const frameworkView = z
  .object({
    id: text,
    title: text,
    version: text,
    publisher: text,
    url: text,
    licence: text,
    attribution: maybe,
    controls: z.array(controlView).readonly(),
    summary: coverageCounts,
  })
  .meta({ id: "Framework" }) satisfies z.ZodType<FrameworkView>;

export const postureView = z
  .object({
    state: z.enum(["empty", "analysing", "ready"]),
    analysedAt: maybe,
    score,
    completeness: z.number(),
    formula: text,
    verdicts: z.object({ pass: count, fail: count, unknown: count }),
    identities: count,
    openFindings: z.record(severity, count),
    changes: z
      .array(
        z.object({
          days: z.union([z.literal(7), z.literal(30), z.literal(90)]),
          since: z.string(),
          score,
          opened: count,
          resolved: count,
          newIdentities: count,
        }),
      )
      .readonly(),
    kpis: z
      .array(
        z.object({
          id: text,
          label: text,
          value: z.number().nullable(),
          unit: z.enum(["%", "count", "days"]),
          target: z.number().nullable(),
          betterIs: z.enum(["lower", "higher"]),
          detail: text,
          href: text,
          trend: z.array(z.number().nullable()).readonly(),
        }),
      )
      .readonly(),
    trend: z.array(z.object({ date: text, score, completeness: z.number(), critical: count, high: count })).readonly(),
    topRisks: z.array(identityRow).readonly(),
    topActions: z
      .array(z.object({ identityId: text, identityName: text, playbook, label: text, from: interval, to: interval, taskId: maybe }))
      .readonly(),
    expiring: z.object({ expired: count, in30: count, in60: count, in90: count, later: count, none: count, unknown: count }),
    owaspNhi: z.array(controlView).readonly(),
    byOwner: z
      .array(z.object({ owner: maybe, identities: count, openFindings: count, critical: count, averageScore: z.number() }))
      .readonly(),
    sources: z.array(z.object({ id: text, name: text, asOf: maybe, state: text })).readonly(),
    demo: z.boolean(),
  })
  .meta({ id: "Posture" }) satisfies z.ZodType<PostureView>;
