import type { RuleTally } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";

/**
 * How the rules came out over the identities that this transaction sees. For members limited to their teams: the analysis keeps the
 * tallies of the whole workspace only. Rules that do not apply are not kept per identity, so they count as none.
 */
export async function countTallies(sql: Sql, workspaceId: string): Promise<readonly RuleTally[]> {
  const { rows } = await sql.query(
    `select rule_id as "ruleId", sum(pass) as pass, sum(fail) as fail, sum(unknown) as unknown, 0 as "notApplicable" from (
       select unnest(passed_rules) as rule_id, 1 as pass, 0 as fail, 0 as unknown from identity_score_detail where workspace_id = $1
       union all select unnest(unknown_rules), 0, 0, 1 from identity_score_detail where workspace_id = $1
       union all select rule_id, 0, 1, 0 from finding where workspace_id = $1 and state = 'open') verdict
      group by rule_id order by rule_id`,
    [workspaceId],
  );
  return rows;
}
