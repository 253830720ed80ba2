import type { Sql } from "../database/database.ts";

/**
 * When a statement was last made. A row of a complete listing is not rewritten when the next listing repeats it, so its scope
 * says when it was last confirmed, unless it has been missing since.
 */
export const statedAt = "greatest(o.observed_at, case when o.absent_since is null then sc.complete_at end)";

/**
 * The staged rows of one sync by themselves, indexed and counted: the planner knows nothing of rows staged a second ago, and a wrong
 * guess turns a comparison of 10,000 rows into 100 million steps.
 */
export async function openStagedRows(sql: Sql, workspaceId: string, syncId: string): Promise<void> {
  await sql.query(
    "create temp table staged_rows on commit drop as select scope_id, kind, ref, identity_ref, hash, payload from staged_observation where workspace_id = $1 and sync_id = $2",
    [workspaceId, syncId],
  );
  await sql.query("create unique index on staged_rows (scope_id, kind, ref)");
  await sql.query("analyze staged_rows");
}

/**
 * The scopes of a sync with what later listings already said: a late, older listing must not bring back what a newer complete one
 * did not show. `next_absence`: the first such listing after this one; `superseded`: another an hour or more after that.
 */
export const scopesOfSync = `scopes as materialized (
  select ss.scope_id, ss.outcome, ss.observed_at, sc.complete_at, n.next_absence,
         exists (select 1 from sync_scope l where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null
                    and l.observed_at >= n.next_absence + interval '1 hour') as superseded
    from sync_scope ss join scope sc on sc.workspace_id = $1 and sc.id = ss.scope_id
    cross join lateral (select min(l.observed_at) as next_absence from sync_scope l
      where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null and l.observed_at > ss.observed_at) n
   where ss.workspace_id = $1 and ss.sync_id = $2)`;

/** Per staged statement, what storing it would do. */
export const comparedStatements = `compared as (
  select st.scope_id, st.kind, st.ref, st.identity_ref, st.hash, st.payload, s.observed_at, s.next_absence,
         case when o.ref is null then case when s.superseded then 'late' else 'added' end
              when o.hash = st.hash and (o.absent_since is null or s.observed_at < o.absent_since) then
                case when s.outcome <> 'complete' and s.observed_at > o.observed_at then 'confirmed' else 'unchanged' end
              when o.hash = st.hash and s.superseded then 'late'
              when s.observed_at < ${statedAt} or s.superseded then 'late'
              else 'changed' end as action
    from staged_rows st
    join scopes s on s.scope_id = st.scope_id
    join scope sc on sc.workspace_id = $1 and sc.id = st.scope_id
    left join observation o on o.workspace_id = $1 and o.scope_id = st.scope_id and o.kind = st.kind and o.ref = st.ref)`;

/** Rows a complete, not outdated listing of this sync does not show. */
export const absentRows = `absent as (
  select o.scope_id, o.kind, o.ref, o.absent_since, s.observed_at,
         o.absent_since is not null and o.absent_since <= s.observed_at - interval '1 hour' as removable
    from scopes s
    join scope sc on sc.workspace_id = $1 and sc.id = s.scope_id
    join observation o on o.workspace_id = $1 and o.scope_id = s.scope_id
   where s.outcome = 'complete' and s.observed_at >= coalesce(s.complete_at, '-infinity') and ${statedAt} < s.observed_at
     and not exists (select 1 from staged_rows st where st.scope_id = o.scope_id and st.kind = o.kind and st.ref = o.ref))`;
