import type { Sql } from "../../database/database.ts";
import { runBatch } from "../../database/run-batch.ts";
import { workTable } from "../../database/work-table.ts";
import { rememberFormer } from "../former-statements.ts";
import { toldAnew } from "./told-anew.ts";
import { valuesOf, type RunIds } from "./run-context.ts";

const statedIdentity = workTable("stated_identity", [
  ["scope_id", "uuid"],
  ["ref", "text"],
  ["native_id", "text"],
  ["kind", "text"],
  ["payload", "json"],
  ["observed_at", "timestamptz(3)"],
]);

/** The identities that the listing states, whether it was staged in full or relative to what is stored; one that gives the provider's own id gives it for all. */
const statedIdentities = `insert into stated_identity
  select scope_id, ref, first_value(payload ->> 'nativeId') over (partition by ref order by payload ->> 'nativeId' nulls last) as native_id,
         payload ->> 'identityKind' as kind, payload, observed_at from (
    select st.scope_id, st.ref, st.payload, ss.observed_at from staged_observation st
      join sync_scope ss on ss.workspace_id = $1 and ss.sync_id = $3 and ss.scope_id = st.scope_id
     where st.workspace_id = $1 and st.sync_id = $3 and st.kind = 'identity' and not st.absent
    union all
    select o.scope_id, o.ref, o.payload, ss.observed_at
      from sync_scope ss join observation o on o.workspace_id = $1 and o.scope_id = ss.scope_id and o.kind = 'identity'
     where ss.workspace_id = $1 and ss.sync_id = $3 and ss.relative
       and not exists (select 1 from staged_observation st where st.workspace_id = $1 and st.sync_id = $3
                          and st.scope_id = o.scope_id and st.kind = o.kind and st.ref = o.ref)) s`;

/**
 * Which identity each of them speaks of; null = none that is known. The provider's own id decides where both have one: a late statement
 * about the former bearer of a name says nothing of the present one. Without one it is about the first that bore the name.
 */
export const bearersOf = (
  stated: string,
): string => `(select s.*, coalesce(n.id, case when s.native_id is null then r.id else m.id end) as identity_id
    from ${stated} s
    left join identity n on s.native_id is not null and n.workspace_id = $1 and n.source_id = $2 and n.kind = s.kind and n.native_id = s.native_id
    left join (select distinct on (ref) ref, id from identity where workspace_id = $1 and source_id = $2 order by ref, first_seen_at, id) r on r.ref = s.ref
    left join (select distinct on (ref) ref, id from identity where workspace_id = $1 and source_id = $2 and native_id is null
                order by ref, first_seen_at, id) m on m.ref = s.ref)`;

const bearers = bearersOf("stated_identity");

/** Stored by a newer sync that has not come to merge its rows: whoever merges first makes the identity, so this one has to try. */
const unmerged = `insert into touched_group (workspace_id, sync_id, source_id, kind, ref)
  select distinct $1::uuid, $3::uuid, $2::uuid, 'identity', o.ref
    from ${bearers} s join observation o on o.workspace_id = $1 and o.source_id = $2 and o.kind = 'identity' and o.ref = s.ref
     and o.payload ->> 'nativeId' is not distinct from s.native_id
   where s.identity_id is null
  on conflict do nothing`;

/**
 * Prepares for a listing that is older than what the source already said. In whatever order listings come, an identity was first seen
 * on the earliest date that any of them shows it.
 */
export async function beginLateSightings(sql: Sql, run: RunIds): Promise<void> {
  await runBatch(sql, [toldAnew, statedIdentity, statedIdentities, "analyze stated_identity", unmerged], valuesOf(run));
}

const lowered = `update identity i set first_seen_at = $4 from ${bearers} s
  where i.workspace_id = $1 and i.id = s.identity_id and i.first_seen_at > $4::timestamptz`;

/** A newer statement only mentioned it; the provider's own id, once stated, stays with it as it would have in order. */
const adopted = `update identity i set native_id = s.native_id
   from (select distinct on (kind, native_id) * from ${bearers} b where native_id is not null and identity_id is not null order by kind, native_id, ref) s
  where i.workspace_id = $1 and i.id = s.identity_id and i.native_id is null and i.kind = s.kind`;

/**
 * What newer listings no longer show was there all the same. It has been missing since the first of them, and gone since the next that came
 * an hour or more later, as in order; or since somebody else bore its name. What went before former statements were kept stays as it is
 * stored, unless it was seen after that.
 */
const formerly =
  rememberFormer(`select $1::uuid, s.scope_id, s.ref, coalesce(s.payload ->> 'nativeId', ''), $2::uuid, s.payload, s.observed_at,
         coalesce(least(m.missing, b.since), src.as_of), coalesce(least(g.gone, b.since), src.as_of)
    from (select distinct on (scope_id, ref) * from ${bearers} b order by scope_id, ref, identity_id) s join source src on src.workspace_id = $1 and src.id = $2
    left join identity i on i.workspace_id = $1 and i.id = s.identity_id
    cross join lateral (select min(l.observed_at) as missing from sync_scope l
      where l.workspace_id = $1 and l.scope_id = s.scope_id and l.absences_at is not null and l.observed_at > s.observed_at) m
    left join lateral (select y.as_of as gone from sync_scope l join sync y on y.workspace_id = $1 and y.id = l.sync_id
      where l.workspace_id = $1 and l.scope_id = s.scope_id and l.absences_at is not null and l.observed_at >= m.missing + interval '1 hour'
      order by l.observed_at limit 1) g on true
    left join lateral (select min(o.first_seen_at) as since from identity o where o.workspace_id = $1 and o.source_id = $2 and o.ref = s.ref
      and o.native_id <> s.native_id and o.first_seen_at > s.observed_at) b on true
   where (s.identity_id is null or g.gone is not null or b.since is not null)
     and not exists (select 1 from observation o where o.workspace_id = $1 and o.scope_id = s.scope_id and o.kind = 'identity' and o.ref = s.ref
                        and o.payload ->> 'nativeId' is not distinct from s.payload ->> 'nativeId')
     and not (i.gone_at is not null and i.gone_at >= coalesce(least(g.gone, b.since), src.as_of)
              and not exists (select 1 from former_statement f where f.workspace_id = $1 and f.source_id = $2 and f.ref = i.ref))`);

/** What a late complete listing does not show went earlier than those that came in before it could tell. */
const wentEarlier = `with earlier as (
    select f.scope_id, f.ref, f.native_id, least(f.missing_since, ss.observed_at) as missing_since, least(f.gone_at, g.gone_at) as gone_at
      from sync_scope ss join former_statement f on f.workspace_id = $1 and f.scope_id = ss.scope_id and f.observed_at < ss.observed_at and f.gone_at > ss.observed_at
      left join lateral (select y.as_of as gone_at from sync_scope l join sync y on y.workspace_id = $1 and y.id = l.sync_id
        where l.workspace_id = $1 and l.scope_id = ss.scope_id and l.absences_at is not null
          and l.observed_at >= least(f.missing_since, ss.observed_at) + interval '1 hour' order by l.observed_at limit 1) g on true
     where ss.workspace_id = $1 and ss.sync_id = $3 and ss.absences_at is not null
       and not exists (select 1 from stated_identity s where s.scope_id = f.scope_id and s.ref = f.ref and coalesce(s.payload ->> 'nativeId', '') = f.native_id)),
  moved as (
    update former_statement f set missing_since = e.missing_since, gone_at = e.gone_at from earlier e
     where f.workspace_id = $1 and f.scope_id = e.scope_id and f.ref = e.ref and f.native_id = e.native_id
       and (f.missing_since, f.gone_at) is distinct from (e.missing_since, e.gone_at) returning f.ref)
  insert into told_anew select ref from moved`;

const told = "insert into told_anew select distinct ref from stated_identity";

/** After the listing's own rows were merged. */
export async function endLateSightings(sql: Sql, run: RunIds): Promise<void> {
  await runBatch(sql, [lowered, adopted, formerly, wentEarlier, told], valuesOf(run));
}
