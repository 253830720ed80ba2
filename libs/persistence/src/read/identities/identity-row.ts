import type { IdentityRow } from "@rollcall/posture-pipeline";
import type { DbRow } from "../../database/database.ts";
import { severityOfRank } from "../../severity-rank.ts";

/** Columns of one row of the inventory, over `identity_score s` and `source src`. */
export const identityRowColumns = `s.identity_id as id, s.name, s.kind, s.provider, s.account, s.environment, s.lifecycle, s.owner_label, s.score_min, s.score_max, s.band,
  s.blast_pct_min, s.blast_pct_max, s.tier_zero_min, s.credential_count, s.oldest_credential_days, s.next_expiry_at, s.last_used_at, s.open_findings, s.worst_rank,
  s.source_id, src.name as source_name, src.origin`;

export function identityRow(row: DbRow): IdentityRow {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    provider: row.provider,
    account: row.account,
    environment: row.environment,
    lifecycle: row.lifecycle,
    owner: row.owner_label,
    score: { min: row.score_min, max: row.score_max },
    band: row.band,
    blastPct: { min: row.blast_pct_min, max: row.blast_pct_max },
    tierZero: row.tier_zero_min,
    credentialCount: row.credential_count,
    oldestCredentialDays: row.oldest_credential_days,
    nextExpiryAt: row.next_expiry_at,
    lastUsedAt: row.last_used_at,
    openFindings: row.open_findings,
    worstSeverity: severityOfRank(row.worst_rank),
    sourceId: row.source_id,
    sourceName: row.source_name,
    demo: (row.origin as string) === "demo",
  };
}
