import type { Sql } from "../database/database.ts";
import { runBatch } from "../database/run-batch.ts";
import { workTable } from "../database/work-table.ts";
import { statedAt } from "./compare.ts";

/** The row's own date, and its scope's when that scope lists it. */
const dated = (row: string, scopeDate: string): string =>
  `greatest(${row}.observed_at, case when ${row}.absent_since is null then ${scopeDate} end)`;
const order = (one: string, other: string): string => `(${one} < ${other}, ${one} > ${other})`;

const movedScope = workTable("moved_scope", [
  ["scope_id", "uuid"],
  ["before", "timestamptz(3)"],
  ["after", "timestamptz(3)"],
]);
const overtakingScope = workTable("overtaking_scope", [
  ["scope_id", "uuid"],
  ["other_id", "uuid"],
]);

/** A scope that was denied, or is empty, has no statement that could be older or newer. The order has it looked up in the key: asked for any row, the planner reads all scopes. */
const statesAnything =
  "join lateral (select 1 from observation a where a.workspace_id = $1 and a.scope_id = t.id order by a.kind, a.ref limit 1) said on true";

const moved = `insert into moved_scope
   select l.scope_id, l.complete_at as before, sc.complete_at as after from listed_scopes l join scope sc on sc.workspace_id = $1 and sc.id = l.scope_id
    where sc.complete_at is distinct from l.complete_at`;

/** Pairs of scopes whose order may have changed for some row: the other said something since, or moves by another step. */
const overtaking = `insert into overtaking_scope
   select m.scope_id, t.id as other_id from moved_scope m join scope t on t.workspace_id = $1 and t.source_id = $3 and t.id <> m.scope_id
     left join moved_scope n on n.scope_id = t.id
     ${statesAnything}
    where t.observed_at >= coalesce(m.before, '-infinity') and (n.before, n.after) is distinct from (m.before, m.after)`;

const touch = `insert into touched_group (workspace_id, sync_id, source_id, kind, ref)
   select distinct $1::uuid, $2::uuid, $3::uuid, a.kind, a.ref from (
     select c.scope_id, c.kind, c.ref, c.stated_before as before, greatest(c.stated_before, c.observed_at) as after
       from compared_rows c where c.action = 'confirmed' and (select count(*) from scope where workspace_id = $1 and source_id = $3) > 1
     union all
     select o.scope_id, o.kind, o.ref, ${dated("o", "m.before")}, ${dated("o", "m.after")}
       from moved_scope m join observation o on o.workspace_id = $1 and o.scope_id = m.scope_id
      where m.scope_id in (select scope_id from overtaking_scope)) a
     join observation o on o.workspace_id = $1 and o.source_id = $3 and o.kind = a.kind and o.ref = a.ref and o.scope_id <> a.scope_id
     join scope sc on sc.workspace_id = $1 and sc.id = o.scope_id
     left join moved_scope m on m.scope_id = o.scope_id
     left join compared_rows c on c.action = 'confirmed' and c.scope_id = o.scope_id and c.kind = o.kind and c.ref = o.ref
    where ${order("a.before", `coalesce(c.stated_before, case when m.scope_id is null then ${statedAt} else ${dated("o", "m.before")} end)`)}
          is distinct from ${order("a.after", statedAt)}
   on conflict do nothing`;

/**
 * Whether a listing that only confirms could overtake another scope; before the dates of its scopes are set. `$1` workspace, `$2` sync,
 * `$3` source.
 */
export const mayOvertake = `exists (
  with moving as (
    select ss.scope_id, sc.complete_at as before, ss.observed_at as after from sync_scope ss join scope sc on sc.workspace_id = $1 and sc.id = ss.scope_id
     where ss.workspace_id = $1 and ss.sync_id = $2 and ss.outcome = 'complete' and ss.observed_at > coalesce(sc.complete_at, '-infinity'))
  select 1 from (select distinct before, after from moving) m
    join scope t on t.workspace_id = $1 and t.source_id = $3 and t.observed_at >= coalesce(m.before, '-infinity')
    left join moving n on n.scope_id = t.id
    ${statesAnything}
   where (n.before, n.after) is distinct from (m.before, m.after))`;

/**
 * Where several scopes state something about one thing, the newest of them counts. A listing that only confirms what it said before
 * changes nothing of its own, but its date may overtake another scope's, and then the thing has to be merged again. What listings state
 * in step with one another keeps its order and costs nothing. To be run after the dates of the scopes were set; `values` as there.
 */
export async function touchOvertaken(
  sql: Sql,
  values: readonly [workspaceId: string, syncId: string, sourceId: string, removalScopeIds: readonly string[]],
): Promise<void> {
  const [found] = await runBatch(
    sql,
    [
      movedScope,
      overtakingScope,
      moved,
      overtaking,
      "select exists (select 1 from overtaking_scope) or exists (select 1 from compared_rows where action = 'confirmed') as any",
    ],
    values,
  );
  if (found?.["any"] === true) await runBatch(sql, [touch], values);
}
