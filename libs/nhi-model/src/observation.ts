import { z } from "zod";
import { accessLevel, credentialKind, datasetOutcome, identityKind, resourceKind, severity } from "./kinds.ts";
import { statedFact } from "./fact.ts";

/** A stable reference inside a source: an ARN, `namespace/name` path, or provider id. At most 1,024 bytes (index limit). */
export const ref = z.string().min(1).max(1024);
/** Words for people: the same letters are the same text however a source composes them. References stay as their source writes them. */
const words = z.string().normalize("NFC").max(512);
export const instant = z.iso.datetime({ offset: true });
const facts = z.record(z.string().max(128), statedFact).default({});
const attributes = z.record(z.string().max(128), z.unknown()).default({});

/**
 * A statement about an identity. `ref` is how other observations point at it; `nativeId` is the provider's immutable id
 * where it has one. The same ref with another nativeId is another identity (a name is never a key).
 */
export const identityObservation = z.strictObject({
  kind: z.literal("identity"),
  ref,
  nativeId: z.string().max(1024).optional(),
  identityKind,
  name: words,
  provider: z.string().max(64),
  account: z.string().max(256).optional(),
  facts,
  attributes,
});
export const credentialObservation = z.strictObject({
  kind: z.literal("credential"),
  ref,
  nativeId: z.string().max(1024).optional(),
  identityRef: ref,
  credentialKind,
  name: words.optional(),
  fingerprint: z.string().max(128).optional(),
  facts,
});
export const resourceObservation = z.strictObject({
  kind: z.literal("resource"),
  ref,
  resourceKind,
  name: words,
  provider: z.string().max(64),
  account: z.string().max(256).optional(),
  /** 0-100 with the reason; absent = not classified (weight 0 until a person or a connector says more). */
  sensitivity: z
    .strictObject({ weight: z.int().min(0).max(100), reason: z.string().max(512), tierZero: z.boolean().default(false) })
    .optional(),
  environment: z.string().max(32).optional(),
  attributes,
});
/**
 * An edge of the access graph as the source states it. `dialect` names the builder in access-graph that understands it:
 * `aws_iam` (grantKind attached_policy | boundary | trust | membership | instance_profile), `kubernetes_rbac`
 * (grantKind role_binding | runs_as | mounts_secret | pod_identity | group_member | signs_in_as | node_identity | account_signs_in), `direct` (grantKind = an edge kind of the graph, pushed as is).
 */
export const grantObservation = z.strictObject({
  kind: z.literal("grant"),
  ref,
  dialect: z.string().max(64),
  grantKind: z.string().max(64),
  from: ref,
  to: ref,
  level: accessLevel.optional(),
  conditional: z.boolean().optional(),
  attributes,
});
export const usageObservation = z.strictObject({
  kind: z.literal("usage"),
  ref,
  identityRef: ref,
  credentialRef: ref.optional(),
  service: z.string().max(256).optional(),
  lastUsedAt: instant.optional(),
  /** Days of evidence behind the statement. */ observedDays: z.number().min(0).optional(),
  attributes,
});
export const ownerObservation = z.strictObject({
  kind: z.literal("owner"),
  ref,
  identityRef: ref,
  ownerKind: z.enum(["person", "team", "mailbox", "service", "none"]),
  personRef: z.string().max(512).optional(),
  label: words /** Where the claim comes from, e.g. tag:owner, codeowners, creator. */,
  signal: z.string().max(128),
  weight: z.number().min(0).max(1),
});
export const humanObservation = z.strictObject({
  kind: z.literal("human"),
  ref,
  name: words,
  email: z.string().max(320).optional(),
  status: z.enum(["active", "departed", "unknown"]),
  departedAt: instant.optional(),
});
export const sourceObservation = z.strictObject({
  kind: z.literal("source"),
  ref,
  name: words,
  facts,
});

/** `passed`: the other tool looked and found nothing wrong. */
export const reportState = z.enum(["open", "resolved", "suppressed", "passed"]);
export type ReportState = z.infer<typeof reportState>;
/**
 * What another tool says about something. It stands beside our own findings and changes no score: their severity is theirs.
 * `identityRef` is the tool's reference to its subject, which may be an identity, a credential or neither.
 */
export const reportObservation = z.strictObject({
  kind: z.literal("report"),
  ref,
  identityRef: ref.optional(),
  subject: words.optional(),
  tool: z.string().min(1).max(128),
  rule: z.string().max(256).optional(),
  title: words.min(1),
  /** Absent when the tool does not say. */
  severity: severity.optional(),
  state: reportState,
  firstSeenAt: instant.optional(),
  lastSeenAt: instant.optional(),
  advice: z.string().max(2000).optional(),
  attributes,
});

export const observation = z.discriminatedUnion("kind", [
  identityObservation,
  credentialObservation,
  resourceObservation,
  grantObservation,
  usageObservation,
  ownerObservation,
  humanObservation,
  sourceObservation,
  reportObservation,
]);
export type Observation = z.infer<typeof observation>;
export type ObservationKind = Observation["kind"];
export type IdentityObservation = z.infer<typeof identityObservation>;
export type CredentialObservation = z.infer<typeof credentialObservation>;
export type ResourceObservation = z.infer<typeof resourceObservation>;
export type GrantObservation = z.infer<typeof grantObservation>;
export type UsageObservation = z.infer<typeof usageObservation>;
export type OwnerObservation = z.infer<typeof ownerObservation>;
export type ReportObservation = z.infer<typeof reportObservation>;
export type HumanObservation = z.infer<typeof humanObservation>;

/** What one listing covers: its absence rules, its breaker and its progress are counted per scope. */
export const scopeKey = z.strictObject({
  connector: z.string().max(64),
  dataset: z.string().max(64),
  account: z.string().max(256),
  region: z.string().max(64).default("global"),
});
export type ScopeKey = z.infer<typeof scopeKey>;

/** How the listing of a scope ended; `note` says in words what could not be read and which permission is missing. */
export const scopeReport = z.strictObject({
  scope: scopeKey,
  outcome: datasetOutcome,
  observedAt: instant,
  note: z.string().max(2000).optional(),
  missingPermission: z.string().max(256).optional(),
});
export type ScopeReport = z.infer<typeof scopeReport>;
