import { z } from "zod";
import { taskPlaybook } from "@rollcall/api-router";
import { reportState, severity } from "@rollcall/nhi-model";
import type { CredentialRow, FindingView, IdentityRow, ReportRow, TaskRow } from "@rollcall/posture-pipeline";

/** Public shapes of the REST API. Each is held to the read model by type; the OpenAPI document is made of them. */
export const interval = z.object({ min: z.number(), max: z.number() }).meta({ id: "Interval" });
export const band = z.enum(["critical", "high", "medium", "low"]);
const text = z.string();
const maybe = z.string().nullable();
const count = z.number().int();
/** The field and its value as they were judged, and both in words. */
export const evidence = z.array(z.object({ path: text, value: text, label: text, shown: text })).readonly();

export const identityRow = z
  .object({
    id: z.uuid(),
    name: text,
    kind: text,
    provider: text,
    account: maybe,
    environment: maybe,
    lifecycle: text,
    owner: maybe,
    score: interval,
    band,
    blastPct: interval,
    tierZero: z.boolean(),
    credentialCount: count,
    oldestCredentialDays: count.nullable(),
    nextExpiryAt: maybe,
    lastUsedAt: maybe,
    openFindings: count,
    worstSeverity: severity.nullable(),
    sourceId: z.uuid(),
    sourceName: text,
    demo: z.boolean(),
  })
  .meta({ id: "IdentityRow" }) satisfies z.ZodType<IdentityRow>;

export const credentialRow = z
  .object({
    id: z.uuid(),
    identityId: z.uuid(),
    identityName: text,
    kind: text,
    name: maybe,
    status: maybe,
    createdAt: maybe,
    lastRotatedAt: maybe,
    lastUsedAt: maybe,
    expiresAt: maybe,
    hasExpiry: z.boolean().nullable(),
    ageDays: count.nullable(),
    rotationWindowDays: count.nullable(),
    storage: maybe,
    exposure: maybe,
    reusedBy: z.array(text).readonly(),
  })
  .meta({ id: "CredentialRow" }) satisfies z.ZodType<CredentialRow>;

export const reportRow = z
  .object({
    ref: text,
    tool: text,
    title: text,
    rule: maybe,
    severity: severity.nullable(),
    state: reportState,
    subjectRef: maybe,
    subject: maybe,
    firstSeenAt: maybe,
    lastSeenAt: maybe,
    advice: maybe,
    attributes: z.record(text, z.unknown()),
    sourceId: z.uuid(),
    sourceName: text,
    observedAt: text,
  })
  .meta({ id: "ReportRow" }) satisfies z.ZodType<ReportRow>;

export const findingRow = z
  .object({
    id: z.uuid(),
    ruleId: text,
    ruleTitle: text,
    severity,
    state: z.enum(["open", "resolved"]),
    subjectKind: z.enum(["identity", "source"]),
    subjectId: z.uuid(),
    subjectName: text,
    provider: maybe,
    environment: maybe,
    owner: maybe,
    firstSeenAt: text,
    lastSeenAt: text,
    resolvedAt: maybe,
    taskId: maybe,
    taskState: maybe,
    evidence,
  })
  .meta({ id: "FindingRow" }) satisfies z.ZodType<FindingView>;

export const taskRow = z
  .object({
    id: z.uuid(),
    title: text,
    playbook: taskPlaybook,
    state: text,
    severity,
    subjectKind: z.enum(["identity", "source", "plan"]),
    subjectId: z.uuid(),
    subjectName: text,
    assigneeId: maybe,
    assigneeName: maybe,
    createdAt: text,
    updatedAt: text,
    dueAt: maybe,
    overdue: z.boolean(),
    snoozedUntil: maybe,
    findingCount: count,
    scoreNow: interval.nullable(),
    scoreAfter: interval.nullable(),
    plan: z.object({ steps: count, riskCutPct: z.number() }).nullable(),
    version: count,
  })
  .meta({ id: "TaskRow" }) satisfies z.ZodType<TaskRow>;
