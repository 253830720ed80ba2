import type { MergeObservations } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { runBatch } from "../../database/run-batch.ts";
import { workTable } from "../../database/work-table.ts";
import { identityDrafts } from "./identities.ts";
import { bearersOf } from "./late-sightings.ts";
import { loadDrafts, type DraftTable } from "./load-drafts.ts";
import { streamGroups } from "./read-groups.ts";
import { valuesOf, type RunIds } from "./run-context.ts";

const lastStatement = workTable("last_statement", [
  ["key", "text"],
  ["identity_id", "uuid"],
  ["gone_at", "timestamptz(3)"],
  ["scope_id", "uuid"],
  ["ref", "text"],
  ["native_id", "text"],
]);

/** Of everything that stated an identity, what did so last: a dataset that showed it for longer than the others, or several that ended together. */
const lastStatements = `insert into last_statement
  select key, identity_id, gone_at, scope_id, ref, stated_id from (
    select b.*, max(b.gone_at) over (partition by b.key) as last_gone from (
      select distinct on (scope_id, ref, stated_id) f.*, coalesce(f.identity_id::text, f.kind || E'\\x01' || coalesce(f.native_id, E'\\x01' || f.ref)) as key
        from ${bearersOf(`(select f.scope_id, f.ref, f.native_id as stated_id, f.gone_at, f.payload ->> 'identityKind' as kind,
                                  coalesce(nullif(f.native_id, ''), max(nullif(f.native_id, '')) over (partition by f.ref)) as native_id
                             from former_statement f where f.workspace_id = $1 and f.source_id = $2 and f.ref in (select ref from told_anew))`)} f
       order by scope_id, ref, stated_id, identity_id) b) l
   where gone_at = last_gone`;

const endDrafts: DraftTable<"identity"> = {
  name: "end_draft",
  columns: [["stated_ref", "text"], ...identityDrafts.columns],
  values: (draft) => [draft.ref, ...identityDrafts.values(draft)],
};

const statements = `select l.key as ref, sc.dataset, f.observed_at, f.missing_since as absent_since, f.payload
    from last_statement l
    join former_statement f on f.workspace_id = $1 and f.scope_id = l.scope_id and f.ref = l.ref and f.native_id = l.native_id
    join scope sc on sc.workspace_id = $1 and sc.id = f.scope_id
   order by l.key, f.observed_at desc, sc.dataset, f.scope_id`;

const ends = "(select distinct on (key) key, identity_id, gone_at from last_statement order by key) l join end_draft d on d.ref = l.key";

const retold = `update identity i set ref = d.stated_ref, kind = d.kind, name = d.name, provider = d.provider, account = d.account, facts = d.facts,
         attributes = d.attributes, missing_since = d.missing_since, gone_at = l.gone_at
    from ${ends}
   where i.workspace_id = $1 and i.id = l.identity_id and i.gone_at is not null
     and (i.ref, i.kind, i.name, i.provider, i.account, i.facts, i.attributes, i.missing_since, i.gone_at)
         is distinct from (d.stated_ref, d.kind, d.name, d.provider, d.account, d.facts, d.attributes, d.missing_since, l.gone_at)`;

/** Heard of only now; should it come back, it is known since then. */
const firstTold = `insert into identity (workspace_id, source_id, ref, native_id, kind, name, provider, account, facts, attributes, first_seen_at, missing_since, gone_at)
  select $1::uuid, $2::uuid, d.stated_ref, d.native_id, d.kind, d.name, d.provider, d.account, d.facts, d.attributes, $4::timestamptz, d.missing_since, l.gone_at
    from ${ends} where l.identity_id is null`;

/** What is gone is as the newest statement about it told, whatever came in last. To be called when everything else is merged. */
export async function retellEnds(sql: Sql, run: RunIds, merge: MergeObservations): Promise<void> {
  const [found] = await runBatch(
    sql,
    [lastStatement, lastStatements, "select count(distinct key) as groups from last_statement"],
    valuesOf(run),
  );
  const groups = Number(found?.["groups"]);
  if (groups === 0) return;
  const told = streamGroups(sql, { statement: statements, values: [run.workspaceId] }, { kind: "identity", groups });
  await loadDrafts(sql, { kind: "identity", groups: told, table: endDrafts, merge });
  await runBatch(sql, [retold, firstTold], valuesOf(run));
}
