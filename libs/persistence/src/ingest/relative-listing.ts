import type { Sql } from "../database/database.ts";
import { StoredHashes } from "./stored-hashes.ts";

/** What is stored of one scope: what it shows as present, and whether listings missed something that is still kept. */
export interface StoredScope {
  readonly present: StoredHashes;
  readonly hasAbsent: boolean;
}

/** Beyond this, keeping the hashes in memory would cost more than it saves. */
const mostStatements = 4_000_000;

/** Null when it is too much to compare with. The source has to be locked, so that nothing of this changes before the end. */
export async function readStoredScopes(
  sql: Sql,
  workspaceId: string,
  scopes: readonly { readonly id: string; readonly rows: number }[],
): Promise<ReadonlyMap<string, StoredScope> | null> {
  const size = scopes.reduce((sum, { rows }) => sum + rows, 0);
  if (size > mostStatements) return null;
  if (scopes.length === 0) return new Map();
  const { rows } = await sql.query<{ scope_id: string; present: Buffer; has_absent: boolean }>(
    `select scope_id, coalesce(string_agg(hash, ''::bytea) filter (where absent_since is null), '') as present, bool_or(absent_since is not null) as has_absent
       from observation where workspace_id = $1 and scope_id = any($2::uuid[]) group by scope_id`,
    [workspaceId, scopes.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [row.scope_id, { present: new StoredHashes(row.present), hasAbsent: row.has_absent }]));
}

/** Stages a marker for everything that is stored of the scopes and that the listing did not name. Returns whether there may be any. */
export async function stageMarkers(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly stored: ReadonlyMap<string, StoredScope>; readonly rowCount: number },
): Promise<boolean> {
  const withAbsent: string[] = [];
  const scopeIds = new Set<string>();
  const hashes: string[] = [];
  const both: string[] = [];
  for (const [scopeId, { present, hasAbsent }] of run.stored) {
    if (hasAbsent) withAbsent.push(scopeId);
    for (const hex of present.notShown()) {
      scopeIds.add(scopeId);
      hashes.push(`\\x${hex}`);
      both.push(scopeId + hex);
    }
  }
  if (withAbsent.length === 0 && hashes.length === 0) return false;
  await sql.query(
    `insert into staged_observation (workspace_id, sync_id, seq, scope_id, kind, ref, hash, payload, absent)
     select $1, $2, $3 + row_number() over () - 1, o.scope_id, o.kind, o.ref, '', 'null', true from (
       select scope_id, kind, ref from observation where workspace_id = $1 and scope_id = any($4::uuid[]) and absent_since is not null
       union all
       select scope_id, kind, ref from observation
        where workspace_id = $1 and scope_id = any($5::uuid[]) and absent_since is null and hash = any($6::bytea[])
          and scope_id::text || encode(hash, 'hex') = any($7::text[])) o
      where not exists (select 1 from staged_observation st where st.workspace_id = $1 and st.sync_id = $2
                           and st.scope_id = o.scope_id and st.kind = o.kind and st.ref = o.ref)`,
    [workspaceId, run.syncId, run.rowCount, withAbsent, [...scopeIds], hashes, both],
  );
  return true;
}
