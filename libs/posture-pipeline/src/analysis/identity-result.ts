import type { BlastRadius } from "@rollcall/access-graph";
import { deriveLifecycle } from "@rollcall/lifecycle";
import type { Identity, Severity } from "@rollcall/nhi-model";
import { score, severityRank } from "@rollcall/risk-scoring";
import type { Verdict } from "@rollcall/risk-scoring";
import type { FindingDraft, IdentityResult } from "../ports/analysis-store.ts";
import type { AssembledRecord } from "./assemble-record.ts";

export interface IdentityJudgement {
  readonly identity: Identity;
  readonly assembled: AssembledRecord;
  readonly verdicts: readonly Verdict[];
  readonly findings: readonly FindingDraft[];
  readonly blast: BlastRadius;
  readonly inGraph: boolean;
  readonly asOf: string;
}

const DAY_MS = 86_400_000;

const worstOf = (findings: readonly FindingDraft[]): Severity | null =>
  findings.reduce<Severity | null>(
    (worst, f) => (worst === null || severityRank(f.severity) > severityRank(worst) ? f.severity : worst),
    null,
  );

/** Age in whole days of the oldest static credential in use; null when there is none or its age is unknown. */
function oldestCredentialDays({ record }: AssembledRecord, asOf: string): number | null {
  const times = (record.credentials ?? [])
    .filter((c) => c.status === "active" && c.static === true)
    .map((c) => c.lastRotatedAt ?? c.createdAt)
    .filter((t) => t !== undefined);
  return times.length === 0 ? null : Math.max(...times.map((t) => Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(t)) / DAY_MS))));
}

const nextExpiry = ({ record }: AssembledRecord): string | null =>
  (record.credentials ?? [])
    .filter((c) => c.status === "active" && c.expiresAt !== undefined)
    .map((c) => c.expiresAt!)
    .sort()[0] ?? null;

/** Why each field that a rule asked for is not known, for the identity page. */
function unknownFields(verdicts: readonly Verdict[], unknowns: Readonly<Record<string, string>>): Record<string, string> {
  const fields = new Set(verdicts.flatMap((v) => v.unknownFields));
  return Object.fromEntries([...fields].sort().map((path) => [path, unknowns[path] ?? "not_collected"]));
}

/** The row of the score table for one identity: everything the lists, tiles and the identity page read. */
export function identityResult(judgement: IdentityJudgement): IdentityResult {
  const { identity, assembled, verdicts, findings, blast, inGraph, asOf } = judgement;
  const { record } = assembled;
  const scored = score({ record, reach: inGraph ? blast : null, now: asOf });
  // Deleting anything lowers its score to nothing: advice only where a finding says that nobody needs it.
  const retirable = identity.kind !== "platform" && findings.some((f) => f.playbook === "retire");
  return {
    identityId: identity.id,
    asOf,
    lifecycle: deriveLifecycle(
      {
        status: record.status,
        registered: record.inventory?.registered,
        lastUsedAt: record.usage?.lastUsedAt,
        observedDays: record.usage?.observedDays,
        decommissionedAt: record.lifecycle?.decommissionedAt,
        missingSince: identity.missingSince,
        goneAt: identity.goneAt,
      },
      { now: asOf },
    ),
    ownerLabel: ownerLabel(assembled),
    ownerConfidence: assembled.owner?.confidence ?? null,
    environment: record.environment ?? null,
    criticality: record.criticality ?? null,
    status: record.status ?? null,
    lastUsedAt: record.usage?.lastUsedAt ?? null,
    oldestCredentialDays: oldestCredentialDays(assembled, asOf),
    nextExpiryAt: nextExpiry(assembled),
    credentialCount: record.credentials?.length ?? 0,
    scoreMin: scored.min,
    scoreMax: scored.max,
    band: scored.band,
    terms: scored.terms,
    actions: scored.actions
      .filter((a) => a.playbook !== "retire" || retirable)
      .map(({ playbook, label, min, max }) => ({ playbook, label, min, max })),
    blast,
    unknownRules: verdicts.filter((v) => v.state === "unknown").map((v) => v.ruleId),
    passedRules: verdicts.filter((v) => v.state === "pass").map((v) => v.ruleId),
    unknownFields: unknownFields(verdicts, assembled.unknowns),
    openFindings: findings.length,
    worstSeverity: worstOf(findings),
  };
}

/** Only someone who can be asked counts as an owner: a person, or the team that was named. */
function ownerLabel({ record, owner }: AssembledRecord): string | null {
  if (record.owner?.personId !== undefined && owner === null) return record.owner.personId;
  return owner?.label ?? null;
}
