import type { Sql } from "../database/database.ts";

/**
 * When a statement was last made. A row of a complete listing is not rewritten when the next listing repeats it, so its scope
 * (`sc`) says when it was last confirmed, unless it has been missing since.
 */
export const statedAt = "greatest(o.observed_at, case when o.absent_since is null then sc.complete_at end)";

/**
 * The scopes of a sync with what later listings already said: a late, older listing must not bring back what a newer complete one
 * did not show. `next_absence`: the first such listing after this one; `superseded`: another an hour or more after that.
 */
const listedScopes = `create temp table listed_scopes on commit drop as
  select ss.scope_id, ss.outcome, ss.observed_at, sc.complete_at, n.next_absence,
         exists (select 1 from sync_scope l where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null
                    and l.observed_at >= n.next_absence + interval '1 hour') as superseded
    from sync_scope ss join scope sc on sc.workspace_id = $1 and sc.id = ss.scope_id
    cross join lateral (select min(l.observed_at) as next_absence from sync_scope l
      where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null and l.observed_at > ss.observed_at) n
   where ss.workspace_id = $1 and ss.sync_id = $2`;

const stagedRows = `create temp table staged_rows on commit drop as
  select scope_id, kind, ref, identity_ref, hash, payload from staged_observation where workspace_id = $1 and sync_id = $2`;

/** Per staged statement, what storing it would do. */
const comparedRows = `create temp table compared_rows on commit drop as
  select st.scope_id, st.kind, st.ref, st.identity_ref, st.hash, st.payload, sc.observed_at, sc.next_absence,
         case when o.ref is null then case when sc.superseded then 'late' else 'added' end
              when o.hash = st.hash and (o.absent_since is null or sc.observed_at < o.absent_since) then
                case when sc.outcome <> 'complete' and sc.observed_at > o.observed_at then 'confirmed' else 'unchanged' end
              when sc.superseded or sc.observed_at < ${statedAt} then 'late'
              else 'changed' end as action
    from staged_rows st
    join listed_scopes sc on sc.scope_id = st.scope_id
    left join observation o on o.workspace_id = $1 and o.scope_id = st.scope_id and o.kind = st.kind and o.ref = st.ref`;

/** Rows a complete, not outdated listing of this sync does not show. */
const absentRows = `create temp table absent_rows on commit drop as
  select o.scope_id, o.kind, o.ref, o.absent_since, sc.observed_at,
         o.absent_since is not null and o.absent_since <= sc.observed_at - interval '1 hour' as removable
    from listed_scopes sc join observation o on o.workspace_id = $1 and o.scope_id = sc.scope_id
   where sc.outcome = 'complete' and sc.observed_at >= coalesce(sc.complete_at, '-infinity') and ${statedAt} < sc.observed_at
     and not exists (select 1 from staged_rows st where st.scope_id = o.scope_id and st.kind = o.kind and st.ref = o.ref)`;

/**
 * Compares a sync with what is stored, into the temporary tables `listed_scopes`, `compared_rows` and `absent_rows`. Every step is
 * indexed and counted before the next: the planner knows nothing of rows staged a second ago, and a wrong guess turns a
 * comparison of 10,000 rows into 100 million steps.
 */
export async function compareSync(sql: Sql, workspaceId: string, syncId: string): Promise<void> {
  await sql.query(listedScopes, [workspaceId, syncId]);
  await sql.query("analyze listed_scopes");
  await sql.query(stagedRows, [workspaceId, syncId]);
  await sql.query("create unique index on staged_rows (scope_id, kind, ref)");
  await sql.query("analyze staged_rows");
  await sql.query(comparedRows, [workspaceId]);
  await sql.query(absentRows, [workspaceId]);
  for (const table of ["compared_rows", "absent_rows"]) {
    await sql.query(`create index on ${table} (scope_id, kind, ref)`);
    await sql.query(`analyze ${table}`);
  }
}
