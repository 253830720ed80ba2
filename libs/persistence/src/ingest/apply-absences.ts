import type { Sql } from "../database/database.ts";
import { rememberFormer } from "./former-statements.ts";

const same =
  "a.scope_id = any($2::uuid[]) and o.workspace_id = $1 and o.scope_id = any($2::uuid[]) and o.scope_id = a.scope_id and o.kind = a.kind and o.ref = a.ref";

/** What the listing does not show (`absent_rows`) goes when it was missing before, and counts as missing otherwise. */
export async function applyAbsences(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly scopeIds: readonly string[] },
): Promise<{ markedAbsent: number; removed: number }> {
  const { rows } = await sql.query(
    `with removed as (delete from observation o using absent_rows a where a.removable and ${same} returning o.*, a.missing_since, a.gone_at),
       remembered as (${rememberFormer(`select workspace_id, scope_id, ref, coalesce(payload ->> 'nativeId', ''), source_id, payload, observed_at, missing_since,
                                               coalesce(gone_at, (select as_of from sync where workspace_id = $1 and id = $3)) from removed where kind = 'identity'`)})
     select count(*) as removed from removed`,
    [workspaceId, run.scopeIds, run.syncId],
  );
  // Of what was there until now, the scope no longer says when it was last confirmed, so the row has to.
  const marked = await sql.query(
    `update observation o set absent_since = a.missing_since, observed_at = case when a.absent_since is null then greatest(o.observed_at, sc.complete_at) else o.observed_at end
       from absent_rows a join scope sc on sc.workspace_id = $1 and sc.id = a.scope_id where a.absent_since is distinct from a.missing_since and ${same}`,
    [workspaceId, run.scopeIds],
  );
  return { markedAbsent: marked.rowCount ?? 0, removed: rows[0].removed };
}
