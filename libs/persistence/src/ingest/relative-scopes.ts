import type { Sql } from "../database/database.ts";

/**
 * A complete listing of a scope whose statements are mostly stored already is staged relative to them: only what differs and markers
 * of what it does not show. That holds as long as nobody changes the stored statements of the scope, so whoever is about to do so first
 * writes such listings out in full. To be called under the lock of the source, as staging is.
 */
export async function spellOutOthers(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly scopeIds: readonly string[] },
): Promise<void> {
  // A listing whose absences were counted has set the scope's date: what is older than it can change nothing, what is newer outdates it.
  const { rows } = await sql.query(
    `select ss.sync_id, array_agg(ss.scope_id) as scope_ids from sync_scope ss join sync s on s.workspace_id = $1 and s.id = ss.sync_id
      where ss.workspace_id = $1 and ss.sync_id <> $2 and ss.scope_id = any($3::uuid[]) and ss.relative and ss.absences_at is null
        and s.status not in ('completed', 'failed', 'cancelled') group by ss.sync_id`,
    [workspaceId, run.syncId, run.scopeIds],
  );
  for (const row of rows) {
    for (const statement of spelledOut) await sql.query(statement, [workspaceId, row.sync_id, row.scope_ids]);
  }
}

const spelledOut = [
  `insert into staged_observation (workspace_id, sync_id, seq, scope_id, kind, ref, identity_ref, hash, payload)
   select $1, $2, coalesce((select max(seq) from staged_observation where workspace_id = $1 and sync_id = $2), -1) + row_number() over (),
          o.scope_id, o.kind, o.ref, o.identity_ref, o.hash, o.payload
     from observation o where o.workspace_id = $1 and o.scope_id = any($3::uuid[])
      and not exists (select 1 from staged_observation st where st.workspace_id = $1 and st.sync_id = $2
                         and st.scope_id = o.scope_id and st.kind = o.kind and st.ref = o.ref)`,
  "delete from staged_observation where workspace_id = $1 and sync_id = $2 and scope_id = any($3::uuid[]) and absent",
  "update sync_scope set relative = false where workspace_id = $1 and sync_id = $2 and scope_id = any($3::uuid[])",
];
