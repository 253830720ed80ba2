import type { ScopePlan } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";
import { absences, beginComparison, comparison } from "./compare.ts";

export async function planSync(sql: Sql, workspaceId: string, syncId: string): Promise<ScopePlan[]> {
  const ids = await beginComparison(sql, workspaceId, syncId);
  const { rows } = await sql.query(
    `select s.scope_id as "scopeId", s.outcome, src.connector, sc.dataset, sc.account, sc.region,
            e.existing,
            coalesce(c.added, 0) as added, coalesce(c.changed, 0) as changed, coalesce(c.unchanged, 0) + case when s.relative then e.existing - coalesce(c.known, 0) - r.markers else 0 end as unchanged,
            coalesce(m.absent, 0) as absent, coalesce(m.removable, 0) as removable
       from listed_scopes s
       join scope sc on sc.workspace_id = $1 and sc.id = s.scope_id
       join source src on src.workspace_id = $1 and src.id = sc.source_id
       cross join lateral (select count(*) as existing from observation o where o.workspace_id = $1 and o.scope_id = s.scope_id) e
       cross join lateral (select count(*) as markers from staged_observation st where st.workspace_id = $1 and st.sync_id = $2 and st.absent and st.scope_id = s.scope_id) r
       left join (select scope_id, count(*) filter (where known) as known, count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed,
                         count(*) filter (where action not in ('added', 'changed')) as unchanged from (${comparison}) compared group by scope_id) c on c.scope_id = s.scope_id
       left join (select scope_id, count(*) as absent, count(*) filter (where removable) as removable from (${absences}) absent group by scope_id) m on m.scope_id = s.scope_id
      order by sc.dataset, sc.account, sc.region`,
    [...ids],
  );
  return rows.map(({ connector, dataset, account, region, ...plan }) => ({ ...plan, scope: { connector, dataset, account, region } }));
}
