import type { Sql } from "../../database/database.ts";
import { lookUp } from "../../database/look-up.ts";
import type { DraftTable } from "./load-drafts.ts";
import { runBatch } from "../../database/run-batch.ts";
import { analysing, valuesOf, type RunContext } from "./run-context.ts";

export const resourceDrafts: DraftTable<"resource"> = {
  name: "resource_draft",
  columns: [
    ["kind", "text"],
    ["name", "text"],
    ["provider", "text"],
    ["account", "text"],
    ["environment", "text"],
    ["sensitivity", "smallint"],
    ["sensitivity_reason", "text"],
    ["tier_zero", "boolean"],
    ["attributes", "jsonb"],
  ],
  values: (draft) => [
    draft.resourceKind,
    draft.name,
    draft.provider,
    draft.account,
    draft.environment,
    draft.sensitivity,
    draft.sensitivityReason,
    draft.tierZero,
    { json: draft.attributes },
  ],
};

export const grantDrafts: DraftTable<"grant"> = {
  name: "grant_draft",
  columns: [
    ["dialect", "text"],
    ["grant_kind", "text"],
    ["from_ref", "text"],
    ["to_ref", "text"],
    ["level", "text"],
    ["conditional", "boolean"],
    ["attributes", "jsonb"],
  ],
  values: (draft) => [draft.dialect, draft.grantKind, draft.from, draft.to, draft.level, draft.conditional, { json: draft.attributes }],
};

export const humanDrafts: DraftTable<"human"> = {
  name: "human_draft",
  columns: [
    ["name", "text"],
    ["email", "text"],
    ["status", "text"],
    ["departed_at", "timestamptz(3)"],
  ],
  values: (draft) => [draft.name, draft.email, draft.status, draft.departedAt],
};

/** Grants of groups and policies have no identity to tell it about; those of a new identity are part of its creation. */
const grantChanges = `insert into identity_change (identity_id, what, field, before, after)
  select i.id, case when not d.stated then 'grant_removed' else 'grant_added' end, coalesce(d.grant_kind, g.grant_kind), case when not d.stated then left(g.to_ref, 200) end, left(d.to_ref, 200)
    from grant_draft d
    left join ${lookUp({ table: "access_grant", as: "g", where: "g.workspace_id = $1 and g.source_id = $2 and g.ref = d.ref" })}
    join ${lookUp({
      table: "identity",
      as: "i",
      where: "i.workspace_id = $1 and i.source_id = $2 and i.ref = coalesce(d.from_ref, g.from_ref) and i.gone_at is null",
    })}
   where (d.stated and g.id is null or not d.stated and g.id is not null)
     and not exists (select 1 from identity_change n where n.identity_id = i.id and n.what = 'created')`;

export async function storeResources(sql: Sql, run: RunContext): Promise<void> {
  await runBatch(sql, [...analysing(run, resourceDrafts.name), ...merged("resource", resourceDrafts)], valuesOf(run));
}

export async function storeHumans(sql: Sql, run: RunContext): Promise<void> {
  await runBatch(sql, [...analysing(run, humanDrafts.name), ...merged("human", humanDrafts)], valuesOf(run));
}

export async function storeGrants(sql: Sql, run: RunContext): Promise<void> {
  await runBatch(sql, [...analysing(run, grantDrafts.name), grantChanges, ...merged("access_grant", grantDrafts)], valuesOf(run));
}

function merged(table: string, drafts: { readonly name: string; readonly columns: DraftTable<"human">["columns"] }): readonly string[] {
  const part = { table, drafts: drafts.name, columns: drafts.columns.map(([name]) => name) };
  const columns = part.columns.join(", ");
  return [
    `delete from ${part.table} where workspace_id = $1 and source_id = $2 and ref = any (array(select ref from ${part.drafts} where not stated))`,
    `insert into ${part.table} as p (workspace_id, source_id, ref, ${columns})
     select $1, $2, d.ref, ${part.columns.map((name) => `d.${name}`).join(", ")} from ${part.drafts} d where d.stated
     on conflict (workspace_id, source_id, ref) do update set (${columns}) = row(${part.columns.map((name) => `excluded.${name}`).join(", ")})
      where (${part.columns.map((name) => `p.${name}`).join(", ")}) is distinct from (${part.columns.map((name) => `excluded.${name}`).join(", ")})`,
  ];
}
