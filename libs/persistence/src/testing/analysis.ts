import type { AccessGraph } from "@rollcall/access-graph";
import { noReach } from "@rollcall/posture-pipeline";
import type { AnalysisResult, FindingDraft, IdentityResult, StoredTask } from "@rollcall/posture-pipeline";

/** Builders of what an analysis hands to its store. */
export const resultOf = (identityId: string, more: Partial<IdentityResult> = {}): IdentityResult => ({
  identityId,
  lifecycle: "active",
  ownerLabel: "platform",
  ownerConfidence: 0.8,
  environment: "prod",
  criticality: "high",
  status: "active",
  lastUsedAt: "2026-01-02T00:00:00.000Z",
  oldestCredentialDays: 40,
  nextExpiryAt: null,
  credentialCount: 1,
  scoreMin: 30,
  scoreMax: 40,
  band: "medium",
  terms: [],
  actions: [{ playbook: "rotate", label: "Rotate", min: 20, max: 25 }],
  blast: noReach,
  unknownRules: [],
  unknownFields: {},
  passedRules: [],
  openFindings: 0,
  worstSeverity: null,
  asOf: "2026-01-03T00:00:00.000Z",
  ...more,
});
export const findingOf = (subjectId: string, more: Partial<FindingDraft> = {}): FindingDraft => ({
  ruleId: "ROT-001",
  subjectKind: "identity",
  subjectId,
  severity: "high",
  playbook: "rotate",
  evidence: [{ path: "credentials", value: "400 days" }],
  ...more,
});
export const graphOf = (...labels: readonly string[]): AccessGraph => {
  const nodes = labels.map((label) => ({
    key: `resource:${label}`,
    kind: "resource" as const,
    subkind: "data_store",
    entityId: null,
    label,
    provider: "aws",
    account: null,
    environment: null,
    weight: 10,
    weightReason: null,
    tierZero: false,
  }));
  return {
    nodes,
    edges: nodes.slice(1).map((_, index) => ({
      from: index,
      to: index + 1,
      kind: "ACCESSES" as const,
      conditional: false,
      level: "read" as const,
      why: { technique: null, facts: [], conditions: [] },
    })),
    indexByKey: new Map(nodes.map((node, index) => [node.key, index])),
    gaps: [{ ref: "policy", what: "policy_document_missing", detail: "not exported" }],
    totalWeight: nodes.length * 100,
  };
};
export const analysisOf = (
  identities: readonly IdentityResult[],
  findings: readonly FindingDraft[] = [],
  more: Partial<AnalysisResult> = {},
): AnalysisResult => ({
  asOf: "2026-01-03T00:00:00.000Z",
  dataDate: "2026-01-03T00:00:00.000Z",
  basis: null,
  identities,
  findings,
  graph: graphOf("a", "b"),
  posture: {
    score: 71.5,
    completeness: 60,
    tallies: [{ ruleId: "ROT-001", pass: 1, fail: findings.length, unknown: 0, notApplicable: 0 }],
    kpis: { identities: identities.length },
  },
  ...more,
});
export const taskOf = (subjectId: string, id: string, more: Partial<StoredTask> = {}): StoredTask => ({
  id,
  subjectKind: "identity",
  subjectId,
  playbook: "rotate",
  state: "open",
  severity: "high",
  title: "Rotate the key",
  assigneeId: null,
  createdAt: "2026-01-03T00:00:00.000Z",
  updatedAt: "2026-01-03T00:00:00.000Z",
  dueAt: "2026-01-17T00:00:00.000Z",
  clockStoppedAt: null,
  snoozedUntil: null,
  exception: null,
  version: 1,
  ...more,
});
