import type { ScopePlan } from "@rollcall/posture-pipeline";
import type { DbRow, Sql } from "../database/database.ts";
import { isAllNew } from "./apply-new.ts";
import { beginComparison, comparison, showsWhatIsStored } from "./compare.ts";

export async function planSync(sql: Sql, workspaceId: string, syncId: string): Promise<readonly ScopePlan[]> {
  return (await planAsStored(sql, workspaceId, syncId)) ?? (await planNew(sql, workspaceId, syncId)) ?? compared(sql, workspaceId, syncId);
}

/** Null when there is anything to compare. */
async function planAsStored(sql: Sql, workspaceId: string, syncId: string): Promise<readonly ScopePlan[] | null> {
  const { rows } = await sql.query(
    `select ss.scope_id as "scopeId", ss.outcome, src.connector, sc.dataset, sc.account, sc.region, sc.rows as existing,
            0 as added, 0 as changed, case when ss.relative then sc.rows else 0 end as unchanged, 0 as absent, 0 as removable
       from sync_scope ss join scope sc on sc.workspace_id = $1 and sc.id = ss.scope_id join source src on src.workspace_id = $1 and src.id = sc.source_id
      where ss.workspace_id = $1 and ss.sync_id = $2 and ${showsWhatIsStored} order by sc.dataset, sc.account, sc.region`,
    [workspaceId, syncId],
  );
  return rows.length === 0 ? null : rows.map(planOf);
}

/** Null when anything is known of its scopes. */
async function planNew(sql: Sql, workspaceId: string, syncId: string): Promise<readonly ScopePlan[] | null> {
  const { rows } = await sql.query(
    `select ss.scope_id as "scopeId", ss.outcome, src.connector, sc.dataset, sc.account, sc.region, 0 as existing,
            coalesce(st.rows, 0) as added, 0 as changed, 0 as unchanged, 0 as absent, 0 as removable
       from sync_scope ss join scope sc on sc.workspace_id = $1 and sc.id = ss.scope_id join source src on src.workspace_id = $1 and src.id = sc.source_id
       left join (select scope_id, count(*) as rows from staged_observation where workspace_id = $1 and sync_id = $2 group by 1) st on st.scope_id = ss.scope_id
      where ss.workspace_id = $1 and ss.sync_id = $2 and ${isAllNew} order by sc.dataset, sc.account, sc.region`,
    [workspaceId, syncId],
  );
  return rows.length === 0 ? null : rows.map(planOf);
}

/**
 * What a listing itself brought does not count as being there: a held one that is sent again would seem to leave out less than it did. What
 * newer statements hold came in before this listing, and counts where this listing shows it too.
 */
async function compared(sql: Sql, workspaceId: string, syncId: string): Promise<readonly ScopePlan[]> {
  const { ids, absences } = await beginComparison(sql, workspaceId, syncId);
  const { rows } = await sql.query(
    `select s.scope_id as "scopeId", s.outcome, src.connector, sc.dataset, sc.account, sc.region,
            case when s.as_stored then sc.rows else coalesce(e.older, 0) + case when s.relative then coalesce(e.newer, 0) - coalesce(r.newer, 0) else coalesce(c.newer, 0) end end as existing,
            coalesce(c.added, 0) as added, coalesce(c.changed, 0) as changed, coalesce(c.unchanged, 0) + case when s.as_stored then sc.rows when s.relative then coalesce(e.existing, 0) - coalesce(c.known, 0) - coalesce(r.markers, 0) else 0 end as unchanged,
            coalesce(m.absent, 0) as absent, coalesce(m.removable, 0) as removable
       from listed_scopes s
       join scope sc on sc.workspace_id = $1 and sc.id = s.scope_id
       join source src on src.workspace_id = $1 and src.id = sc.source_id
       left join (select o.scope_id, count(*) as existing, count(*) filter (where o.observed_at < l.observed_at) as older,
                         count(*) filter (where o.observed_at > l.observed_at) as newer
                    from listed_scopes l join observation o on o.workspace_id = $1 and o.scope_id = l.scope_id
                   where not l.as_stored and o.scope_id = any(array(select scope_id from listed_scopes where not as_stored)) group by 1) e on e.scope_id = s.scope_id
       left join (select st.scope_id, count(*) as markers, count(*) filter (where o.observed_at > l.observed_at) as newer
                    from staged_observation st join listed_scopes l on l.scope_id = st.scope_id
                    left join observation o on o.workspace_id = $1 and o.scope_id = st.scope_id and o.kind = st.kind and o.ref = st.ref
                   where st.workspace_id = $1 and st.sync_id = $2 and st.absent group by 1) r on r.scope_id = s.scope_id
       left join (select scope_id, count(*) filter (where known) as known, count(*) filter (where known and stated_before > observed_at) as newer, count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed,
                         count(*) filter (where action not in ('added', 'changed')) as unchanged from (${comparison}) compared group by scope_id) c on c.scope_id = s.scope_id
       left join (select scope_id, count(*) as absent, count(*) filter (where removable) as removable from (${absences}) absent group by scope_id) m on m.scope_id = s.scope_id
      order by sc.dataset, sc.account, sc.region`,
    [...ids],
  );
  return rows.map(planOf);
}

const planOf = ({ connector, dataset, account, region, ...plan }: DbRow): ScopePlan =>
  ({ ...plan, scope: { connector, dataset, account, region } }) as ScopePlan;
