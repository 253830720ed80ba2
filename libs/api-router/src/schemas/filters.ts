import { z } from "zod";
import { expiryParts, type FindingFilter, type IdentityFilter, type ReportFilter, type TaskFilter } from "@rollcall/posture-pipeline";
import { playbook, reportState, severity } from "@rollcall/nhi-model";

const words = z.array(z.string().min(1).max(512)).max(50).optional();
const search = z.string().max(200).optional();
const since = z.iso.datetime({ offset: true }).optional();

export const lens = z.enum([
  "unowned",
  "dormant",
  "tier_zero",
  "expiring_30",
  "expiring_60",
  "expiring_90",
  "expired",
  "rotation_overdue",
  "external",
  "unknown_use",
  "over_privileged",
  "ai_agent",
  "with_findings",
]);
export const band = z.enum(["critical", "high", "medium", "low"]);

export const identityFilter = z.strictObject({
  search,
  since,
  kind: words,
  provider: words,
  account: words,
  environment: words,
  band: z.array(band).max(4).optional(),
  lifecycle: words,
  source: z.array(z.uuid()).max(50).optional(),
  owner: words,
  rule: words,
  lens: z.array(lens).max(13).optional(),
}) satisfies z.ZodType<IdentityFilter>;
export const identitySort = z.enum(["score", "name", "age", "last_used", "blast", "findings"]);
export const direction = z.enum(["asc", "desc"]);

export const credentialFilter = z.strictObject({
  identityId: z.uuid().optional(),
  kind: words,
  expiringWithinDays: z.int().min(0).max(3650).optional(),
  expiry: z.enum(expiryParts).optional(),
  search,
});

export const findingFilter = z.strictObject({
  rule: words,
  severity: z.array(severity).max(5).optional(),
  state: z.enum(["open", "resolved"]).optional(),
  subject: z.uuid().optional(),
  provider: words,
  environment: words,
  control: z.string().max(128).optional(),
  search,
  since,
}) satisfies z.ZodType<FindingFilter>;

export const reportFilter = z.strictObject({
  identityId: z.uuid().optional(),
  state: z.array(reportState).max(4).optional(),
  severity: z.array(severity).max(5).optional(),
}) satisfies z.ZodType<ReportFilter>;

/** What a task may ask for: a playbook of the rules, or a plan that somebody made. */
export const taskPlaybook = z.enum([...playbook.options, "plan"]);

export const taskFilter = z.strictObject({
  queue: z.enum(["mine", "unassigned", "all"]).optional(),
  state: words,
  severity: z.array(severity).max(5).optional(),
  playbook: z.array(taskPlaybook).max(20).optional(),
  subject: z.uuid().optional(),
  overdue: z.boolean().optional(),
  search,
}) satisfies z.ZodType<TaskFilter>;
