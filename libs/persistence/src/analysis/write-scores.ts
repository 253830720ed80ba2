import type { AnalysisResult, IdentityResult } from "@rollcall/posture-pipeline";
import { bulkInsert } from "../database/bulk-insert.ts";
import { copyIn, type CopyValue } from "../database/copy-in.ts";
import type { Sql } from "../database/database.ts";
import { severityRank } from "../severity-rank.ts";

/** Rules whose open findings put an identity under a lens; a lens, its tile and its list all read the same column. */
const lensRules = { rotationOverdue: ["ROT-001"], overPrivileged: ["PRIV-001", "PRIV-002"] } as const;
const unknownNumber = -1;
const nameKeyLength = 200;

const columns: readonly (readonly [name: string, type: string])[] = [
  ["identity_id", "uuid"],
  ["environment", "text"],
  ["lifecycle", "text"],
  ["owner_label", "text"],
  ["owner_confidence", "double precision"],
  ["criticality", "text"],
  ["status", "text"],
  ["last_used_at", "timestamptz(3)"],
  ["next_expiry_at", "timestamptz(3)"],
  ["oldest_credential_days", "int"],
  ["age_key", "int"],
  ["used_key", "double precision"],
  ["credential_count", "int"],
  ["score_min", "smallint"],
  ["score_max", "smallint"],
  ["band", "text"],
  ["blast_min", "double precision"],
  ["blast_max", "double precision"],
  ["blast_pct_min", "double precision"],
  ["blast_pct_max", "double precision"],
  ["tier_zero_min", "boolean"],
  ["tier_zero_max", "boolean"],
  ["open_findings", "int"],
  ["worst_rank", "smallint"],
  ["present", "boolean"],
  ["dormant", "boolean"],
  ["rotation_overdue", "boolean"],
  ["over_privileged", "boolean"],
  ["unknown_use", "boolean"],
  ["as_of", "timestamptz(3)"],
];

/** All rows, or those that are no longer what is stored. */
export async function writeScores(sql: Sql, workspaceId: string, result: AnalysisResult): Promise<void> {
  const stale = result.since?.identityIds;
  const identities = stale === undefined ? result.identities : result.identities.filter((row) => stale.has(row.identityId));
  for (const table of ["identity_score", "identity_score_detail"]) {
    if (stale === undefined) await sql.query(`delete from ${table} where workspace_id = $1`, [workspaceId]);
    else await sql.query(`delete from ${table} where workspace_id = $1 and identity_id = any($2::uuid[])`, [workspaceId, [...stale]]);
  }
  if (identities.length === 0) return;
  await sql.query(`create temp table score_draft (${columns.map(([name, type]) => `${name} ${type}`).join(", ")}) on commit drop`);
  await copyIn(sql, { table: "score_draft", columns: columns.map(([name]) => name) }, scoreRows(identities, result));
  const list = columns.map(([name]) => name).join(", ");
  await sql.query("create index on score_draft (identity_id)");
  await sql.query("analyze score_draft");
  // Names and expiry come from the inventory as it is now; an identity removed while the analysis ran simply drops out.
  await sql.query(
    `insert into identity_score (workspace_id, source_id, name, name_key, kind, provider, account, external, expired, ${list})
     select $1, i.source_id, i.name, left(lower(i.name), ${nameKeyLength}), i.kind, i.provider, i.account,
            coalesce(i.facts -> 'thirdParty.external' ->> 'known', '') = 'true',
            exists (select 1 from credential c where c.workspace_id = $1 and c.identity_id = i.id and c.expires_at < d.as_of and coalesce(c.status, 'active') = 'active'),
            ${columns.map(([name]) => `d.${name}`).join(", ")}
       from score_draft d join identity i on i.workspace_id = $1 and i.id = d.identity_id`,
    [workspaceId],
  );
  const details = identities.map((row): readonly CopyValue[] => [
    row.identityId,
    { json: row.terms },
    { json: row.actions },
    { json: row.blast },
    row.unknownRules,
    { json: row.unknownFields },
    row.passedRules,
  ]);
  await bulkInsert(
    sql,
    workspaceId,
    {
      table: "identity_score_detail",
      columns: ["identity_id", "terms", "actions", "blast", "unknown_rules", "unknown_fields", "passed_rules"],
    },
    details,
  );
}

function* scoreRows(identities: readonly IdentityResult[], result: AnalysisResult): Generator<readonly CopyValue[]> {
  const subjectsOf = (rules: readonly string[]): ReadonlySet<string> =>
    new Set(result.findings.filter((finding) => rules.includes(finding.ruleId)).map((finding) => finding.subjectId));
  const rotationOverdue = subjectsOf(lensRules.rotationOverdue);
  const overPrivileged = subjectsOf(lensRules.overPrivileged);
  for (const row of identities) {
    yield [...judgement(row), rotationOverdue.has(row.identityId), overPrivileged.has(row.identityId), row.lastUsedAt === null, row.asOf];
  }
}

function judgement(row: IdentityResult): readonly CopyValue[] {
  const { blast } = row;
  return [
    row.identityId,
    row.environment,
    row.lifecycle,
    row.ownerLabel,
    row.ownerConfidence,
    row.criticality,
    row.status,
    row.lastUsedAt,
    row.nextExpiryAt,
    row.oldestCredentialDays,
    row.oldestCredentialDays ?? unknownNumber,
    row.lastUsedAt === null ? unknownNumber : Date.parse(row.lastUsedAt),
    row.credentialCount,
    row.scoreMin,
    row.scoreMax,
    row.band,
    blast.min,
    blast.max,
    blast.pctMin,
    blast.pctMax,
    blast.tierZeroMin,
    blast.tierZeroMax,
    row.openFindings,
    severityRank(row.worstSeverity),
    row.lifecycle !== "gone" && row.lifecycle !== "decommissioned",
    row.lifecycle === "dormant",
  ];
}
