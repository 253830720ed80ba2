import type { Sql } from "../database/database.ts";
import { lookUp } from "../database/look-up.ts";
import { runBatch } from "../database/run-batch.ts";
import { workTable } from "../database/work-table.ts";

/**
 * When a statement was last made. A row of a complete listing is not rewritten when the next listing repeats it, so its scope
 * (`sc`) says when it was last confirmed, unless it has been missing since: then the row itself does.
 */
export const statedAt = "greatest(o.observed_at, case when o.absent_since is null then sc.complete_at end)";

/**
 * The scopes of a sync with what later listings already said: a late, older listing must not bring back what a newer complete one
 * did not show. `as_stored`: the listing shows exactly what is stored, nothing missing. `next_absence`: the first such listing after this one; `superseded`: another an hour or more after that.
 */
const listedScopes = `insert into listed_scopes
  select ss.scope_id, ss.outcome, ss.observed_at, ss.relative, sc.complete_at,
         ss.relative and not exists (select 1 from staged_observation st where st.workspace_id = $1 and st.sync_id = $2 and st.scope_id = ss.scope_id) as as_stored, n.next_absence,
         exists (select 1 from sync_scope l where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null
                    and l.observed_at >= n.next_absence + interval '1 hour') as superseded
    from sync_scope ss join scope sc on sc.workspace_id = $1 and sc.id = ss.scope_id
    cross join lateral (select min(l.observed_at) as next_absence from sync_scope l
      where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null and l.observed_at > ss.observed_at) n
   where ss.workspace_id = $1 and ss.sync_id = $2`;

const listedScopesTable = workTable("listed_scopes", [
  ["scope_id", "uuid"],
  ["outcome", "text"],
  ["observed_at", "timestamptz(3)"],
  ["relative", "boolean"],
  ["complete_at", "timestamptz(3)"],
  ["as_stored", "boolean"],
  ["next_absence", "timestamptz(3)"],
  ["superseded", "boolean"],
]);

/** Per staged statement, what storing it would do. `$3`: the listed scopes, so that only their rows are read. */
export const comparison = `select st.seq, st.scope_id, st.kind, st.ref, sc.observed_at, sc.next_absence,
         case when o.ref is null then case when sc.superseded then 'late' else 'added' end
              when o.hash = st.hash and (o.absent_since is null or sc.observed_at < o.absent_since) then
                case when (sc.outcome <> 'complete' or o.absent_since is not null) and sc.observed_at > o.observed_at then 'confirmed' else 'unchanged' end
              when sc.superseded or sc.observed_at < ${statedAt} then 'late'
              else 'changed' end as action, o.ref is not null as known, ${statedAt} as stated_before
    from staged_observation st
    join listed_scopes sc on sc.scope_id = st.scope_id
    left join ${lookUp({
      table: "observation",
      as: "o",
      where: "o.workspace_id = $1 and o.scope_id = any($3::uuid[]) and o.scope_id = st.scope_id and o.kind = st.kind and o.ref = st.ref",
    })}
   where st.workspace_id = $1 and st.sync_id = $2 and not st.absent`;

/**
 * Rows that a complete listing of this sync does not show and that nothing has stated since. They are missing since the first listing that
 * did not show them, be it this one or another that came in before it, and gone since the next an hour or more later: that is this one,
 * unless it is late.
 */
const missing = (
  from: string,
  condition: string,
): string => `select o.scope_id, o.kind, o.ref, o.absent_since, sc.observed_at, m.missing_since,
         m.missing_since <= sc.observed_at - interval '1 hour' or g.gone_at is not null as removable, g.gone_at
    from listed_scopes sc join ${from}
    cross join lateral (select least(o.absent_since, sc.observed_at) as missing_since) m
    left join lateral (select y.as_of as gone_at from sync_scope l join sync y on y.workspace_id = $1 and y.id = l.sync_id
      where sc.observed_at < sc.complete_at and l.workspace_id = $1 and l.scope_id = sc.scope_id and l.absences_at is not null
        and l.observed_at >= greatest(m.missing_since + interval '1 hour', sc.observed_at) order by l.observed_at limit 1) g on true
   where sc.outcome = 'complete' and ${statedAt} < sc.observed_at and ${condition}`;
const storedOfScope = "observation o on o.workspace_id = $1 and o.scope_id = any($3::uuid[]) and o.scope_id = sc.scope_id";

/** A relative listing says itself what it does not show. */
const marked = missing(
  `staged_observation st on st.workspace_id = $1 and st.sync_id = $2 and st.absent and st.scope_id = sc.scope_id
     join ${storedOfScope} and o.kind = st.kind and o.ref = st.ref`,
  "sc.relative",
);
/** Of another, that is everything that was not staged. */
const notStaged = missing(
  storedOfScope,
  `not sc.relative and not exists (select 1 from staged_observation st where st.workspace_id = $1 and st.sync_id = $2 and st.scope_id = o.scope_id and st.kind = o.kind and st.ref = o.ref)`,
);
const noAbsences =
  "select scope_id, null::text as kind, null::text as ref, null::timestamptz as absent_since, observed_at, null::timestamptz as missing_since, false as removable, null::timestamptz as gone_at from listed_scopes where false";

/** The parameters of `comparison` and of its absences: workspace, sync, scopes. */
export type ComparisonIds = readonly [workspaceId: string, syncId: string, scopeIds: readonly string[]];

export interface Comparison {
  readonly ids: ComparisonIds;
  /** Rows that complete, not outdated listings do not show; no more of the question than this sync can answer. */
  readonly absences: string;
}

/** Lists the scopes of a sync in the temporary table `listed_scopes` and prepares the transaction for comparing it with what is stored. */
export async function beginComparison(sql: Sql, workspaceId: string, syncId: string): Promise<Comparison> {
  const [size] = await runBatch(
    sql,
    [
      listedScopesTable,
      listedScopes,
      `select coalesce(array_agg(l.scope_id) filter (where l.scope_id is not null), '{}') as scope_ids,
            count(*) filter (where l.outcome = 'complete' and not l.relative) as in_full, st.markers
       from (select count(*) as markers from staged_observation where workspace_id = $1 and sync_id = $2 and absent) st
       left join listed_scopes l on true group by st.markers`,
    ],
    [workspaceId, syncId],
  );
  if (size === undefined) throw new TypeError("an aggregate has one row");
  // What a full listing does not show is found by reading all of both: the planner expects a row or two of what was staged a moment ago.
  if (size["in_full"] > 0) await sql.query("set local enable_nestloop = off");
  const parts = [...(size["markers"] > 0 ? [marked] : []), ...(size["in_full"] > 0 ? [notStaged] : [])];
  return { ids: [workspaceId, syncId, size["scope_ids"]], absences: parts.length === 0 ? noAbsences : parts.join(" union all ") };
}

/**
 * Whether a sync shows exactly what is stored: nothing is staged, and every complete listing in it was staged relative to what is stored.
 * That stays true until somebody changes one of its scopes, who then spells the listing out. `$1` workspace, `$2` sync.
 */
export const showsWhatIsStored = `not exists (select 1 from staged_observation st where st.workspace_id = $1 and st.sync_id = $2)
  and not exists (select 1 from sync_scope c where c.workspace_id = $1 and c.sync_id = $2 and c.outcome = 'complete' and not c.relative)`;
