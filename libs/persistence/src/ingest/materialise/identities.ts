import type { Sql } from "../../database/database.ts";
import { lookUp } from "../../database/look-up.ts";
import type { DraftTable } from "./load-drafts.ts";
import { runBatch } from "../../database/run-batch.ts";
import { workTable } from "../../database/work-table.ts";
import { toldAnew } from "./told-anew.ts";
import { analysing, valuesOf, type RunContext } from "./run-context.ts";
import { undatedFacts } from "./undated-facts.ts";

export const identityDrafts: DraftTable<"identity"> = {
  name: "identity_draft",
  columns: [
    ["native_id", "text"],
    ["kind", "text"],
    ["name", "text"],
    ["provider", "text"],
    ["account", "text"],
    ["facts", "jsonb"],
    ["attributes", "jsonb"],
  ],
  values: (draft) => [
    draft.nativeId,
    draft.identityKind,
    draft.name,
    draft.provider,
    draft.account,
    { json: undatedFacts(draft.facts) },
    { json: draft.attributes },
  ],
};

const targetTable = workTable("identity_target", [
  ["ref", "text"],
  ["native_id", "text"],
  ["id", "uuid"],
  ["is_new", "boolean"],
  ["revived", "boolean"],
  ["living_id", "uuid"],
  ["known_missing", "timestamptz(3)"],
]);

/**
 * Decides for each draft which identity it is. The provider's own id decides where there is one: the same ref with another native id
 * is another identity, a known native id is the old one even under a new ref or after it was gone. Without one, the ref decides.
 */
const resolveTargets = `insert into identity_target
  select d.ref, d.native_id,
         coalesce(n.id, case when l.native_id is null or d.native_id is null then l.id end, t.id, uuidv7()) as id,
         coalesce(n.id, case when l.native_id is null or d.native_id is null then l.id end, t.id) is null as is_new,
         case when n.id is not null then n.gone_at is not null when l.id is not null and (l.native_id is null or d.native_id is null) then false else t.id is not null end as revived,
         l.id as living_id, case when n.id is not null then n.missing_since else l.missing_since end as known_missing
    from (select distinct on (kind, coalesce(native_id, E'\\x01' || ref)) * from identity_draft where stated order by kind, coalesce(native_id, E'\\x01' || ref), missing_since nulls first, ref) d
    left join ${lookUp({
      table: "identity",
      as: "l",
      where: "l.workspace_id = $1 and l.source_id = $2 and l.ref = d.ref and l.gone_at is null",
    })}
    left join ${lookUp({
      table: "identity",
      as: "n",
      where: "d.native_id is not null and n.workspace_id = $1 and n.source_id = $2 and n.kind = d.kind and n.native_id = d.native_id",
    })}
    left join lateral (select g.id from identity g where g.workspace_id = $1 and g.source_id = $2 and g.ref = d.ref and g.native_id is null and g.gone_at is not null
                        order by g.gone_at desc, g.id desc limit 1) t on d.native_id is null and l.id is null`;

/** Identities whose ref now belongs to somebody else, or that nothing states any more. */
const markGone = `with ended as (
    update identity i set gone_at = $4, missing_since = coalesce(i.missing_since, $4)
     where i.workspace_id = $1 and i.source_id = $2 and i.gone_at is null
       and (i.id in (select t.living_id from identity_target t where t.living_id <> t.id) or i.ref in (select d.ref from identity_draft d where not d.stated))
       and not exists (select 1 from identity_target t where t.id = i.id)
    returning i.id)
  insert into identity_change (identity_id, what) select id, 'gone' from ended`;

const shown = (fact: string): string => `left(coalesce(${fact} ->> 'known', 'unknown: ' || (${fact} ->> 'unknown')), 200)`;

/** All facts of all identities are joined at once: a join for each identity costs ten times as much as its rows. */
const factChanges = `with altered as materialized (
    select t.id, i.facts as before, d.facts as after, i.name as name_before, d.name as name_after, i.ref as ref_before, d.ref as ref_after
      from identity_target t
      join identity_draft d on d.ref = t.ref
      join ${lookUp({ table: "identity", as: "i", where: "i.workspace_id = $1 and i.id = t.id" })}
     where i.facts is distinct from d.facts or i.name <> d.name or i.ref <> d.ref),
  a as materialized (select id, key, value from altered cross join lateral jsonb_each(before) where before is distinct from after),
  b as materialized (select id, key, value from altered cross join lateral jsonb_each(after) where before is distinct from after)
  insert into identity_change (identity_id, what, field, before, after)
  select coalesce(a.id, b.id), 'changed', coalesce(a.key, b.key), ${shown("a.value")}, ${shown("b.value")}
    from a full join b on a.id = b.id and a.key = b.key
   where (a.value -> 'known') is distinct from (b.value -> 'known') or (a.value -> 'unknown') is distinct from (b.value -> 'unknown')
  union all select id, 'changed', 'name', name_before, name_after from altered where name_before <> name_after
  union all select id, 'changed', 'ref', ref_before, ref_after from altered where ref_before <> ref_after`;

const stateChanges = `insert into identity_change (identity_id, what)
  select t.id, case when t.is_new then 'created' when t.revived then 'revived' when d.missing_since is null then 'found' else 'missing' end
    from identity_target t
    join identity_draft d on d.ref = t.ref
   where t.is_new or t.revived or (t.known_missing is null) <> (d.missing_since is null)`;

/** Beside the join, so that what is few is looked up and not found by reading the identities of all sources. */
const isKnownTarget = "i.workspace_id = $1 and i.id = any (array(select id from identity_target where not is_new))";

const freeRefs = `update identity i set ref = E'\\x01' || i.id from identity_target t
  where ${isKnownTarget} and i.id = t.id and i.ref <> t.ref and i.gone_at is null`;

const updateKnown = `update identity i set ref = d.ref, native_id = coalesce(d.native_id, i.native_id), kind = d.kind, name = d.name, provider = d.provider,
         account = d.account, facts = d.facts, attributes = d.attributes, missing_since = d.missing_since, gone_at = null
    from identity_target t join identity_draft d on d.ref = t.ref
   where ${isKnownTarget} and i.id = t.id
     and (i.ref, coalesce(d.native_id, i.native_id), i.kind, i.name, i.provider, i.account, i.facts, i.attributes, i.missing_since, i.gone_at)
         is distinct from (d.ref, i.native_id, d.kind, d.name, d.provider, d.account, d.facts, d.attributes, d.missing_since, null::timestamptz)`;

const insertNew = `insert into identity (workspace_id, id, source_id, ref, native_id, kind, name, provider, account, facts, attributes, first_seen_at, missing_since)
  select $1, t.id, $2, d.ref, d.native_id, d.kind, d.name, d.provider, d.account, d.facts, d.attributes, $4, d.missing_since
    from identity_target t join identity_draft d on d.ref = t.ref where t.is_new`;

/** Another dataset showed it for longer, as far as listings tell that came in before this one, or this listing is late and a later one ended it. */
const outlasted = `insert into told_anew
  select d.ref from identity_draft d
   where not d.stated and exists (select 1 from former_statement f where f.workspace_id = $1 and f.source_id = $2 and f.ref = d.ref and (f.gone_at > $4::timestamptz or f.gone_at = $4::timestamptz
                                     and not exists (select 1 from sync_scope ss where ss.workspace_id = $1 and ss.sync_id = $3 and ss.scope_id = f.scope_id)))`;

/** What points at a ref that now means another identity has to be linked again; so has what waited for it to appear. */
const touchDependents = `insert into touched_group (workspace_id, sync_id, source_id, kind, ref)
  select distinct $1::uuid, $3::uuid, $2::uuid, o.kind, o.ref
    from identity_target t join observation o on o.workspace_id = $1 and o.source_id = $2 and o.identity_ref = t.ref
   where t.is_new or t.revived or t.living_id is distinct from t.id
  on conflict do nothing`;

const countTargets = "select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as known from identity_target";

export async function storeIdentities(sql: Sql, run: RunContext): Promise<void> {
  const values = valuesOf(run);
  const [targets] = await runBatch(
    sql,
    [
      targetTable,
      ...analysing(run, "identity_draft"),
      resolveTargets,
      ...analysing(run, "identity_target"),
      stateChanges,
      markGone,
      countTargets,
    ],
    values,
  );
  const known = targets?.["known"] > 0 ? [factChanges, freeRefs, updateKnown] : [];
  await runBatch(sql, [...known, ...(targets?.["added"] > 0 ? [insertNew] : []), touchDependents, toldAnew, outlasted], values);
}
