import { z } from "zod";
import { severity, reportState } from "@rollcall/nhi-model";
import { expiryParts } from "@rollcall/posture-pipeline";
import { band, direction, identitySort, lens, taskPlaybook } from "@rollcall/api-router";

/** `?kind=a&kind=b`: a parameter given once arrives as a string. */
const many = <T extends z.ZodType<string>>(item: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).max(50).optional());
const words = many(z.string().min(1).max(512));
const search = z.string().max(200).optional();
const since = z.iso.datetime({ offset: true }).optional();

export const pageQuery = z.strictObject({
  cursor: z.string().max(2048).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** For links, which cannot set `Accept`. */
  format: z.enum(["json", "csv"]).optional(),
});

export const identitiesQuery = pageQuery.extend({
  search,
  since,
  kind: words,
  provider: words,
  account: words,
  environment: words,
  band: many(band),
  lifecycle: words,
  source: many(z.uuid()),
  owner: words,
  rule: words,
  lens: many(lens),
  sort: identitySort.default("score"),
  direction: direction.default("desc"),
});
export const credentialsQuery = pageQuery.extend({
  identityId: z.uuid().optional(),
  kind: words,
  expiringWithinDays: z.coerce.number().int().min(0).max(3650).optional(),
  expiry: z.enum(expiryParts).optional(),
  search,
});
export const findingsQuery = pageQuery.extend({
  rule: words,
  severity: many(severity),
  state: z.enum(["open", "resolved"]).optional(),
  subject: z.uuid().optional(),
  provider: words,
  environment: words,
  control: z.string().max(128).optional(),
  search,
  since,
});
export const frameworkQuery = pageQuery.pick({ format: true });
export const reportsQuery = pageQuery.extend({ identityId: z.uuid().optional(), state: many(reportState), severity: many(severity) });
export const tasksQuery = pageQuery.extend({
  queue: z.enum(["mine", "unassigned", "all"]).optional(),
  state: words,
  severity: many(severity),
  playbook: many(taskPlaybook),
  overdue: z.preprocess((value) => (value === "true" ? true : value), z.literal(true).optional()),
  subject: z.uuid().optional(),
  search,
});
export const idParams = z.strictObject({ id: z.uuid() });
