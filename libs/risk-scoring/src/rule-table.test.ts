import { readdirSync, readFileSync } from "node:fs";
import type { NhiRecord } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { evaluate, evaluateSource } from "./evaluate.ts";
import { rules } from "./rule-set.ts";

const now = "2026-11-21T00:00:00Z";
const days = (count: number): string => new Date(Date.parse(now) + count * 86_400_000).toISOString();

const credential: NonNullable<NhiRecord["credentials"]>[number] = {
  kind: "access_key",
  status: "active",
  static: true,
  createdAt: days(-20),
  lastRotatedAt: days(-20),
  lastUsedAt: days(-1),
  hasExpiry: true,
  expiresAt: days(60),
  lifetimeDays: 80,
  rotationAutomated: true,
  approvedStore: true,
  storage: "vault",
  exposure: { state: "none" },
};
/** A production identity that is well kept in every respect. */
const kept: NhiRecord = {
  type: "service_account",
  environment: "prod",
  status: "active",
  criticality: "low",
  purpose: "Builds the search index",
  createdAt: days(-100),
  inventory: { registered: true, firstSeenAt: days(-100) },
  owner: { kind: "person", personId: "p-7", status: "active", business: "search" },
  review: { lastReviewedAt: days(-10), cadenceDays: 30 },
  lifecycle: { retirementTrigger: "index replaced", offboardingRunbook: "run/7" },
  workload: { status: "running" },
  credentials: [credential],
  trust: [],
  dependencies: { mappedAt: days(-5) },
  agent: { isAgent: false },
  usage: {
    lastUsedAt: days(-1),
    observedDays: 100,
    distinctWorkloads: 1,
    environments: ["prod"],
    interactiveSessions: 0,
    approvedInteractiveSessions: 0,
    outOfProfileEvents: 0,
  },
  auth: {
    methods: ["oidc_federation"],
    credentiallessAvailable: false,
    interactiveLoginEnabled: false,
    impersonatorCount: 0,
    impersonationScope: "identity",
  },
  access: {
    admin: false,
    wildcard: false,
    permissionCount: 9,
    unusedPermissionPct: 5,
    escalationPaths: 0,
    standingPrivilege: false,
    jitSupported: true,
    sensitiveResourceCount: 0,
    reachableEnvironments: ["prod"],
    blastRadius: 3,
    compensatingControls: [],
    isDefaultIdentity: false,
    highRiskScopes: [],
  },
  pipeline: { isPipeline: false, storesStaticCloudKey: false },
  thirdParty: { external: false },
  managed: { isPlatformManaged: false },
  ephemeral: { isEphemeral: false },
  logging: { enabled: true, attributable: true },
};

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);
function merged(base: Tree, patch: Tree): Tree {
  const result = { ...base };
  for (const [key, value] of Object.entries(patch)) result[key] = isTree(value) && isTree(result[key]) ? merged(result[key], value) : value;
  return result;
}
const changed = (...patches: readonly NhiRecord[]): NhiRecord =>
  patches.reduce<Tree>((base, patch) => merged(base, patch as Tree), kept as Tree);
const holding = (...changes: readonly Partial<typeof credential>[]): NhiRecord => ({
  credentials: changes.map((change) => ({ ...credential, ...change })),
});

const vendor: NhiRecord = { thirdParty: { external: true, vendorStatus: "active", vettedAt: days(-30) } };
const managed: NhiRecord = {
  managed: {
    isPlatformManaged: true,
    scopeStatement: "s",
    scopeDrift: false,
    revocationAuthority: "r",
    revocationRunbook: "b",
    revocationTestedAt: days(-9),
    consumerCount: 3,
  },
};
const agent: NhiRecord = {
  credentials: [],
  agent: {
    isAgent: true,
    autonomy: "supervised",
    identityMode: "own",
    writeToolCount: 1,
    highRiskApproval: true,
    tools: [{ approved: true, authenticated: true }],
    delegatedScopeExceeds: false,
    runtimePolicy: "policy_as_code",
    killSwitchTestedAt: days(-9),
    actionLog: true,
  },
};
const pod: NhiRecord = { ephemeral: { isEphemeral: true, ageHours: 1, maxLifetimeHours: 8, parentStatus: "running" } };
const certificate = (change: Partial<typeof credential> = {}): NhiRecord =>
  holding({ kind: "x509", static: false, algorithm: "ECDSA", keyBits: 256, selfSigned: false, ...change });
const svid = (change: Partial<typeof credential> = {}): NhiRecord => certificate({ kind: "x509_svid", sanUriCount: 1, ...change });
const account = (externalIdRequired: boolean): NhiRecord => ({ trust: [{ kind: "cross_account", external: true, externalIdRequired }] });
const federation = (subjectMatch: "exact" | "wildcard"): NhiRecord => ({
  trust: [{ kind: "oidc", issuerShared: true, subjectMatch, audiencePinned: true }],
});
const app = (consent: "admin" | "user"): NhiRecord => ({
  type: "oauth_app",
  thirdParty: { publisherVerified: true, consent },
  access: { highRiskScopes: ["mail.read"] },
});

/** Rule, a state in which it fires with which severity, and the nearest state in which it is satisfied. */
const table: readonly (readonly [id: string, fires: NhiRecord, severity: string, passes: NhiRecord])[] = [
  ["AGT-001", changed(agent, { agent: { identityMode: "shared" } }), "high", changed(agent)],
  ["AGT-002", changed(agent, { agent: { highRiskApproval: false, autonomy: "autonomous" } }), "critical", changed(agent)],
  ["AGT-003", changed(agent, { agent: { tools: [{ approved: false }] } }), "high", changed(agent)],
  ["AGT-004", changed(agent, holding({})), "medium", changed(agent)],
  ["AGT-005", changed(agent, { agent: { killSwitchTestedAt: days(-200) } }), "medium", changed(agent)],
  ["AGT-006", changed(agent, { agent: { actionLog: false } }), "medium", changed(agent)],
  ["AGT-007", changed(agent, { agent: { delegatedScopeExceeds: true } }), "high", changed(agent)],
  ["AGT-008", changed(agent, { agent: { autonomy: "autonomous", runtimePolicy: "static_role" } }), "medium", changed(agent)],
  ["AUTH-001", changed({ auth: { methods: ["ntlm"] } }), "medium", kept],
  [
    "AUTH-002",
    changed({ auth: { credentiallessAvailable: true } }),
    "medium",
    changed({ auth: { credentiallessAvailable: true }, credentials: [] }),
  ],
  [
    "CERT-001",
    changed(certificate({ expiresAt: days(10), rotationAutomated: false })),
    "medium",
    changed(certificate({ expiresAt: days(10) })),
  ],
  ["CERT-002", changed(certificate({ selfSigned: true })), "medium", changed(certificate())],
  ["CERT-003", changed(svid({ sanUriCount: 2 })), "medium", changed(svid())],
  ["CICD-001", changed({ type: "ci_pipeline" }, holding({ storage: "ci_variable" })), "high", changed({ type: "ci_pipeline" })],
  ["CICD-002", changed(federation("wildcard")), "high", changed(federation("exact"))],
  ["ENV-001", changed({ usage: { environments: ["prod", "dev"] } }), "high", kept],
  ["ENV-002", changed({ environment: "dev" }), "high", changed({ environment: "dev", access: { reachableEnvironments: ["dev"] } })],
  ["EPH-001", changed(pod, { ephemeral: { ageHours: 9 } }), "medium", changed(pod)],
  ["EPH-002", changed(pod, { ephemeral: { parentStatus: "missing" } }), "high", changed(pod)],
  ["GOV-001", changed({ review: { lastReviewedAt: days(-91) } }), "low", changed({ review: { lastReviewedAt: days(-89) } })],
  [
    "HUM-001",
    changed({ usage: { interactiveSessions: 2, approvedInteractiveSessions: 1 } }),
    "medium",
    changed({ usage: { interactiveSessions: 2, approvedInteractiveSessions: 2 } }),
  ],
  [
    "HUM-002",
    changed({ auth: { interactiveLoginEnabled: true } }),
    "low",
    changed({ auth: { interactiveLoginEnabled: true, interactiveExceptionId: "x-1" } }),
  ],
  [
    "HUM-003",
    changed({ auth: { impersonatorCount: 1, impersonationScope: "project" } }),
    "medium",
    changed({ auth: { impersonatorCount: 4 } }),
  ],
  [
    "INV-001",
    changed({ inventory: { registered: false } }),
    "medium",
    changed({ inventory: { registered: false, firstSeenAt: days(-6) } }),
  ],
  ["INV-002", changed({ purpose: undefined }), "low", kept],
  [
    "INV-003",
    { source: { status: "ok", lastSuccessAt: days(-2), expectedIntervalHours: 24 } },
    "medium",
    { source: { status: "ok", lastSuccessAt: days(-0.5), expectedIntervalHours: 24 } },
  ],
  [
    "LEAK-001",
    changed(holding({ exposure: { state: "confirmed", live: true, audience: "public" } })),
    "critical",
    changed(holding({ exposure: { state: "confirmed", live: false } })),
  ],
  ["LEAK-002", changed(holding({ storage: "code" })), "high", kept],
  [
    "LEAK-003",
    changed(holding({ exposure: { state: "suspected", audience: "public", detectedAt: days(-2) } })),
    "critical",
    changed(holding({ exposure: { state: "suspected", audience: "internal", detectedAt: days(-2) } })),
  ],
  ["MNG-001", changed(managed, { owner: { business: undefined } }), "high", changed(managed)],
  ["MNG-002", changed(managed, { managed: { scopeDrift: true } }), "medium", changed(managed)],
  ["MNG-003", changed(managed, { review: { cadenceDays: 5 } }), "medium", changed(managed)],
  ["MNG-004", changed(managed, { managed: { revocationRunbook: undefined } }), "high", changed(managed)],
  [
    "MNG-005",
    changed(managed, { managed: { consumerCount: 30 }, access: { blastRadius: 80 } }),
    "high",
    changed(managed, { managed: { consumerCount: 30 } }),
  ],
  ["MON-001", changed({ logging: { attributable: false } }), "medium", kept],
  ["MON-002", changed({ usage: { outOfProfileEvents: 1 } }), "high", kept],
  ["OFF-001", changed({ usage: { lastUsedAt: days(-91) } }), "medium", changed({ usage: { lastUsedAt: days(-89) } })],
  ["OFF-002", changed({ workload: { status: "missing" } }), "high", kept],
  [
    "OFF-003",
    changed({ status: "disabled", lifecycle: { decommissionedAt: days(-3) } }),
    "high",
    changed({ status: "disabled", lifecycle: { decommissionedAt: days(-3) }, credentials: [] }),
  ],
  ["OFF-004", changed({ owner: { departedAt: days(-5) } }), "high", changed({ owner: { departedAt: days(-30) } })],
  ["OFF-005", changed({ lifecycle: { offboardingRunbook: undefined } }), "low", kept],
  ["OFF-006", changed({ dependencies: { mappedAt: days(-181) } }), "low", changed({ dependencies: { mappedAt: days(-179) } })],
  [
    "OFF-007",
    changed({ usage: { lastUsedAt: days(-91) } }),
    "low",
    changed({ usage: { lastUsedAt: days(-91) } }, holding({ lastRotatedAt: days(-92) })),
  ],
  ["OWN-001", changed({ owner: { kind: "mailbox" } }), "high", kept],
  ["OWN-002", changed({ owner: { status: "departed" } }), "high", kept],
  ["PRIV-001", changed({ access: { wildcard: true, compensatingControls: ["permission_boundary"] } }), "medium", kept],
  ["PRIV-002", changed({ access: { unusedPermissionPct: 50 } }), "medium", changed({ access: { unusedPermissionPct: 49 } })],
  ["PRIV-003", changed({ access: { escalationPaths: 1 } }), "high", kept],
  ["PRIV-004", changed({ access: { standingPrivilege: true, admin: true } }), "medium", changed({ access: { standingPrivilege: true } })],
  [
    "PRIV-005",
    changed({ access: { blastRadius: 70 } }),
    "high",
    changed({ access: { blastRadius: 70, compensatingControls: ["network_restriction"] } }),
  ],
  ["REUSE-001", changed({ usage: { distinctWorkloads: 2 } }), "medium", kept],
  [
    "REUSE-002",
    changed({ access: { isDefaultIdentity: true } }),
    "medium",
    changed({ access: { isDefaultIdentity: true }, usage: { distinctWorkloads: 0 } }),
  ],
  ["ROT-001", changed(holding({}, { lastRotatedAt: days(-400) })), "high", changed(holding({ lastRotatedAt: days(-90) }))],
  ["ROT-002", changed(holding({ hasExpiry: false })), "medium", changed(holding({ lifetimeDays: 365 }))],
  [
    "ROT-003",
    changed({ criticality: "high" }, holding({ rotationAutomated: false })),
    "low",
    changed(holding({ rotationAutomated: false })),
  ],
  ["TPX-001", changed(vendor, { access: { wildcard: true } }), "high", changed(vendor)],
  ["TPX-002", changed(vendor, { thirdParty: { vendorStatus: "ended" } }), "high", changed(vendor)],
  ["TPX-003", changed(account(false)), "high", changed(account(true))],
  ["TPX-004", changed(app("user")), "high", changed(app("admin"))],
  [
    "TPX-005",
    changed(vendor, { thirdParty: { incidentDeclaredAt: days(-3) } }),
    "critical",
    changed(vendor, { thirdParty: { incidentDeclaredAt: days(-30) } }),
  ],
];

const verdictOf = (id: string, record: NhiRecord) =>
  [...evaluate(record, { now }), ...evaluateSource(record, { now })].find((verdict) => verdict.ruleId === id);

describe("every rule, once firing and once satisfied", () => {
  it("has its line in the registry", () => {
    const registry = readFileSync(new URL("./registry.ts", import.meta.url), "utf8");
    const files = readdirSync(new URL("./rules/", import.meta.url)).filter((name) => !name.endsWith(".test.ts"));
    expect(files.filter((name) => !registry.includes(`"./rules/${name}"`))).toEqual([]);
    expect(rules).toHaveLength(files.length);
  });
  it("is in the table", () => {
    expect(table.map(([id]) => id)).toEqual(rules.map((rule) => rule.id));
  });
  it.each(table)("%s", (id, fires, severity, passes) => {
    expect(verdictOf(id, fires)).toMatchObject({ state: "fail", severity });
    expect(verdictOf(id, passes)).toMatchObject({ state: "pass", severity: null });
  });
  it("leaves a well-kept identity alone and knows every answer", () => {
    const states = evaluate(kept, { now }).filter((verdict) => verdict.state !== "pass" && verdict.state !== "not_applicable");
    expect(states).toEqual([]);
  });
});
