import { z } from "zod";

// The fields that are read, by hand: the schema has thousands, and every version moves some. An optional field of an odd shape is as good as absent;
// without an id, a title or a product a finding cannot be told apart from others, and is refused.

const text = z.string().trim().min(1);
const maybe = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);
const listOf = <T extends z.ZodType>(shape: T) =>
  z
    .array(shape.or(z.unknown().transform(() => null)))
    .optional()
    .catch(undefined);
const time = z.union([z.number(), text]);

const user = z.object({ uid: maybe(text), uid_alt: maybe(text), name: maybe(text), type: maybe(text), credential_uid: maybe(text) });
const resource = z.object({ uid: maybe(text), name: maybe(text), type: maybe(text) });

export const ocsfFinding = z.object({
  class_uid: z.number(),
  activity_id: maybe(z.number()),
  severity_id: maybe(z.number()),
  status_id: maybe(z.number()),
  status_code: maybe(text),
  time: maybe(time),
  time_dt: maybe(text),
  metadata: z.object({
    event_code: maybe(text),
    product: z.object({ name: maybe(text), vendor_name: maybe(text), feature: maybe(z.object({ name: maybe(text) })) }),
  }),
  finding_info: z.object({
    uid: text,
    title: text,
    created_time: maybe(time),
    created_time_dt: maybe(text),
    first_seen_time: maybe(time),
    first_seen_time_dt: maybe(text),
    last_seen_time: maybe(time),
    last_seen_time_dt: maybe(text),
    modified_time: maybe(time),
    modified_time_dt: maybe(text),
    analytic: maybe(z.object({ uid: maybe(text), name: maybe(text) })),
    types: maybe(z.array(z.string())),
  }),
  compliance: maybe(
    z.object({
      control: maybe(text),
      status_id: maybe(z.number()),
      standards: maybe(z.array(z.string())),
      requirements: maybe(z.array(z.string())),
    }),
  ),
  cloud: maybe(z.object({ provider: maybe(text), account: maybe(z.object({ uid: maybe(text) })) })),
  remediation: maybe(z.object({ desc: maybe(text) })),
  resources: listOf(resource),
  resource: maybe(resource),
  user: maybe(user),
  application: maybe(resource),
  actor: maybe(z.object({ user: maybe(user) })),
  evidences: listOf(z.object({ actor: maybe(z.object({ user: maybe(user) })) })),
  access_analysis_result: maybe(z.object({ accessors: listOf(user), access_level: maybe(text), access_type: maybe(text) })),
  identity_activity_metrics: maybe(z.object({ credential_uid: maybe(text), last_seen_time: maybe(time), last_seen_time_dt: maybe(text) })),
  permission_analysis_results: listOf(z.object({ unused_privileges_count: maybe(z.number()), unused_services_count: maybe(z.number()) })),
});
export type OcsfFinding = z.infer<typeof ocsfFinding>;

/** The classes that are read, by what they are called here. */
export const findingClasses: Readonly<Record<number, string>> = {
  2003: "compliance",
  2004: "detection",
  2007: "application_posture",
  2008: "iam_analysis",
};
