import type { AnalysisResult, FindingDraft } from "@rollcall/posture-pipeline";
import { copyIn } from "../database/copy-in.ts";
import type { Sql } from "../database/database.ts";
import { severityRank } from "../severity-rank.ts";

export interface FindingDelta {
  readonly opened: number;
  readonly resolved: number;
  readonly unchanged: number;
}

/** Opens, keeps and resolves: all there are, or those of sources and of the identities that were judged again. A finding that comes back is a new row: its first-seen date starts again and the old one stays as history. */
export async function writeFindings(
  sql: Sql,
  workspaceId: string,
  analysis: Pick<AnalysisResult, "findings" | "asOf" | "since">,
): Promise<FindingDelta> {
  const stale = analysis.since?.identityIds;
  const isAsked = ({ subjectKind, subjectId }: FindingDraft): boolean =>
    stale === undefined || subjectKind !== "identity" || stale.has(subjectId);
  const asked = stale === undefined ? "" : "and (f.subject_kind <> 'identity' or f.subject_id = any($3::uuid[]))";
  const subjects = stale === undefined ? [] : [[...stale]];
  await sql.query(
    `create temp table finding_draft (rule_id text, subject_kind text, subject_id uuid, severity text, severity_rank smallint, playbook text, evidence jsonb) on commit drop`,
  );
  await copyIn(
    sql,
    { table: "finding_draft", columns: ["rule_id", "subject_kind", "subject_id", "severity", "severity_rank", "playbook", "evidence"] },
    analysis.findings
      .filter(isAsked)
      .map((finding) => [
        finding.ruleId,
        finding.subjectKind,
        finding.subjectId,
        finding.severity,
        severityRank(finding.severity),
        finding.playbook,
        { json: finding.evidence },
      ]),
  );
  await sql.query("create index on finding_draft (rule_id, subject_id)");
  await sql.query("analyze finding_draft");
  const same = "d.rule_id = f.rule_id and d.subject_kind = f.subject_kind and d.subject_id = f.subject_id";
  // The clock of a host can be set back, and two hosts never agree: what is gone was gone no earlier than it was last seen.
  const lastSeen = "greatest(f.last_seen_at, (select as_of from analysis_run where workspace_id = $1))";
  const resolved = await sql.query(
    `update finding f set state = 'resolved', resolved_at = greatest($2::timestamptz, ${lastSeen}), last_seen_at = ${lastSeen}
      where f.workspace_id = $1 and f.state = 'open' ${asked} and not exists (select 1 from finding_draft d where ${same})`,
    [workspaceId, analysis.asOf, ...subjects],
  );
  // An open finding was last seen by the last analysis; only what differs is written.
  await sql.query(
    `update finding f set severity = d.severity, severity_rank = d.severity_rank, playbook = d.playbook, evidence = d.evidence
       from finding_draft d where f.workspace_id = $1 and f.state = 'open' and ${same}
        and (f.severity, f.playbook, f.evidence) is distinct from (d.severity, d.playbook, d.evidence)`,
    [workspaceId],
  );
  const opened = await sql.query(
    `insert into finding (workspace_id, rule_id, subject_kind, subject_id, severity, severity_rank, playbook, evidence, first_seen_at, last_seen_at)
     select distinct on (d.rule_id, d.subject_kind, d.subject_id) $1::uuid, d.rule_id, d.subject_kind, d.subject_id, d.severity, d.severity_rank, d.playbook, d.evidence, $2::timestamptz, $2::timestamptz
       from finding_draft d where not exists (select 1 from finding f where f.workspace_id = $1 and f.state = 'open' and ${same})
      order by d.rule_id, d.subject_kind, d.subject_id, d.severity_rank desc`,
    [workspaceId, analysis.asOf],
  );
  const { rows } = await sql.query("select count(*) as open from finding where workspace_id = $1 and state = 'open'", [workspaceId]);
  const added = opened.rowCount ?? 0;
  return { opened: added, resolved: resolved.rowCount ?? 0, unchanged: rows[0].open - added };
}
