import { z } from "zod";

/** Raised in the second place when fields are added, in the first when one changes its meaning or goes. */
export const SCHEMA_VERSION = "1.1";

const count = z.int().min(0);
const counts = z.record(z.string(), count);
const ref = z.string().describe("ARN or other full reference of the source; an AWS account is written as the ARN of its root user");
const fact = z.strictObject({
  ref: z.string().describe("What states it: a policy, a role (its trust policy), a binding"),
  detail: z.string().describe("Which statement of it, and what that says"),
});
const techniqueId = z
  .string()
  .describe(
    "Id of the technique in the pathfinding.cloud catalogue, or one of ours: new-role, new-user, new-group, set-policy-version, lift-limits, update-saml-provider, rollcall-..., and those of Kubernetes (k8s-...)",
  );
const way = z.strictObject({
  kind: z.string().describe("Kind of edge in the access graph, e.g. CAN_ASSUME"),
  technique: techniqueId.nullable(),
  conditional: z.boolean(),
  conditions: z.array(z.string()).describe("What must hold and could not be checked with the files given"),
  facts: z.array(fact),
});
const hop = z.strictObject({
  from: ref,
  to: ref,
  sentence: z.string(),
  ...way.shape,
  techniques: z.array(techniqueId).describe("Every technique that takes this hop, the surest first"),
  alsoKnownAs: z
    .array(techniqueId)
    .describe("Ids of the same techniques in the numbering of the pathfinding.cloud lab scenarios, where it differs"),
  alternatives: z.array(way).describe("The other ways to take this hop"),
});
const route = z.strictObject({
  from: ref.describe("The principal that starts"),
  fromKind: z.string().describe("Kind of identity, or external for somebody outside the files given"),
  to: ref.describe("The principal, account or cluster that it takes over"),
  toKind: z.string(),
  certain: z.boolean().describe("No hop depends on a condition that could not be checked"),
  reaches: z.array(ref).describe("Accounts and clusters under full control at the end of the route"),
  techniques: z.array(techniqueId).describe("Those of all hops, in order, each once"),
  hops: z.array(hop).min(1),
});
const administrator = z.strictObject({
  ref,
  kind: z.string(),
  certain: z.boolean(),
  owns: z.array(ref).describe("Accounts and clusters it controls by its own grants"),
  conditions: z.array(z.string()),
  facts: z.array(fact),
});
const reach = z.strictObject({
  from: ref.describe("The principal that starts"),
  fromKind: z.string(),
  to: ref.describe("The resource that it reaches, by itself or by becoming somebody else"),
  toKind: z.string(),
  level: z.enum(["read", "write", "admin", "control"]).describe("control: it runs code there, rewrites it or holds all of it"),
  certain: z.boolean().describe("No hop depends on a condition that could not be checked"),
  via: z.array(z.string()).min(1).describe("Kinds of the hops of the shortest way"),
});
const term = z.strictObject({ id: z.string(), min: z.number(), max: z.number(), cap: z.number(), why: z.string() });
const identity = z.strictObject({
  ref,
  name: z.string(),
  kind: z.string(),
  provider: z.string(),
  account: z.string().nullable(),
  source: z.string(),
  asOf: z.string().describe("The day on which it is judged: that of its source"),
  administrator: z.enum(["yes", "conditional", "no"]),
  lifecycle: z.string(),
  credentials: count,
  score: z.strictObject({ min: z.number(), max: z.number(), band: z.string(), terms: z.array(term) }),
  blastRadius: z
    .strictObject({
      min: z.number().describe("Sum over the assets reached for certain of weight (0-100) times level (5 read, 8 write, 10 admin)"),
      max: z.number().describe("The same with everything that depends on conditions"),
      percentMin: z.number(),
      percentMax: z.number(),
      severity: z.string(),
      tierZero: z.enum(["yes", "conditional", "no"]),
      assetsMin: count,
      assetsMax: count,
      identitiesMin: count,
      identitiesMax: count,
      sensitiveMin: count,
      environments: z.array(z.string()),
      techniques: z.array(techniqueId),
      atLeast: z
        .boolean()
        .describe("Some grant could not be read, or a source behind the numbers was listed in part, so they are lower bounds"),
    })
    .describe("What it can reach, by itself or by becoming somebody else"),
  verdicts: z.strictObject({
    fail: z.array(z.strictObject({ ruleId: z.string(), severity: z.string() })),
    pass: z.array(z.string()),
    unknown: z.array(z.string()),
  }),
  unknownFacts: z.record(z.string(), z.string()).describe("Field a rule asked for, and why it is not known"),
});
const finding = z.strictObject({
  ruleId: z.string(),
  severity: z.string(),
  subject: z.string(),
  subjectKind: z.enum(["identity", "source"]),
  playbook: z.string(),
  evidence: z.array(z.strictObject({ path: z.string(), value: z.string() })),
});
const source = z.strictObject({
  connector: z.string(),
  account: z.string(),
  name: z.string(),
  asOf: z.string(),
  asOfBasis: z.string(),
  totals: counts.describe("What the files themselves contain"),
  datasets: z.array(z.strictObject({ dataset: z.string(), outcome: z.string(), note: z.string().nullable() })),
  notes: z.array(z.string()),
});
const rule = z.strictObject({ ruleId: z.string(), title: z.string(), fail: count, pass: count, unknown: count, notApplicable: count });
const kinds = z.strictObject({ total: count, byKind: counts });
const unknown = z.strictObject({
  gaps: z.array(z.strictObject({ ref: z.string(), what: z.string(), detail: z.string() })).describe("Grants that could not be resolved"),
  unreadable: z.array(z.strictObject({ where: z.string(), code: z.string(), message: z.string() })).describe("Files and records left out"),
  incomplete: z.array(z.strictObject({ source: z.string(), dataset: z.string(), outcome: z.string(), note: z.string().nullable() })),
  facts: z.array(z.strictObject({ field: z.string(), reason: z.string(), identities: count })),
  routesLeftOut: z
    .array(z.strictObject({ from: ref, escalationPaths: count, takeOvers: count, reaches: count }))
    .describe("Principals with more targets than are listed; raise --routes to see them"),
});

/** Sections in the order in which they are written: the short ones first. */
export const reportHead = z.strictObject({
  schemaVersion: z.string(),
  asOf: z.string().describe("Date of the newest data"),
  files: count,
  sources: z.array(source),
  totals: z.strictObject({
    identities: kinds,
    credentials: kinds,
    resources: kinds,
    grants: kinds,
    graph: z.strictObject({ nodes: count, edges: count, conditionalEdges: count }),
  }),
  verdicts: z.strictObject({
    postureScore: z.number().nullable(),
    completeness: z.number().describe("Share of verdicts that are known, in percent; read the score beside it"),
    bands: counts,
    findings: counts,
    rules: z.array(rule),
  }),
  unknown,
});
export const reportLists = {
  administrators: z.array(administrator).describe("Full control by their own grants: not an escalation"),
  escalationPaths: z.array(route).describe("Routes of principals that are no administrators to an account, a cluster or an administrator"),
  takeOvers: z.array(route).describe("Routes from one principal to another that is no administrator"),
  reaches: z.array(reach).describe("Resources that principals who are no administrators reach, the most valuable of each first"),
  identities: z.array(identity),
  findings: z.array(finding),
};
export const analyseReport = z.strictObject({ ...reportHead.shape, ...reportLists }).meta({
  title: "rollcall analyse --json",
  description: `Schema version ${SCHEMA_VERSION}. Lists are sorted; the same files give the same bytes.`,
});

export type ReportHead = z.infer<typeof reportHead>;
export type RouteRow = z.infer<typeof route>;
export type ReachRow = z.infer<typeof reach>;
export type WayRow = z.infer<typeof way>;
export type AdministratorRow = z.infer<typeof administrator>;
export type IdentityRow = z.infer<typeof identity>;
export type FindingRow = z.infer<typeof finding>;
