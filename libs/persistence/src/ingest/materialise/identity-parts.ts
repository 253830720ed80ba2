import type { EntityDraft } from "@rollcall/posture-pipeline";
import type { FactMap } from "@rollcall/nhi-model";
import { knownValue } from "@rollcall/nhi-model";
import type { Sql } from "../../database/database.ts";
import { lookUp } from "../../database/look-up.ts";
import type { DraftTable } from "./load-drafts.ts";
import { runBatch } from "../../database/run-batch.ts";
import { workTable } from "../../database/work-table.ts";
import { analysing, valuesOf, type RunContext } from "./run-context.ts";
import { undatedFacts } from "./undated-facts.ts";

const text = (facts: FactMap, path: string): string | null => {
  const value = knownValue(facts[path]);
  return typeof value === "string" ? value : null;
};
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const instant = (facts: FactMap, path: string): string | null => {
  const value = text(facts, path);
  return value !== null && instantPattern.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
};

type CredentialDraft = Extract<EntityDraft, { kind: "credential" }>;
const hasExpiry = (facts: FactMap): boolean | null => {
  const stated = knownValue(facts["hasExpiry"]);
  return typeof stated === "boolean" ? stated : instant(facts, "expiresAt") === null ? null : true;
};

export const credentialDrafts: DraftTable<"credential"> = {
  name: "credential_draft",
  columns: [
    ["identity_ref", "text"],
    ["kind", "text"],
    ["name", "text"],
    ["fingerprint", "text"],
    ["facts", "jsonb"],
    ["status", "text"],
    ["issued_at", "timestamptz(3)"],
    ["rotated_at", "timestamptz(3)"],
    ["used_at", "timestamptz(3)"],
    ["expires_at", "timestamptz(3)"],
    ["has_expiry", "boolean"],
    ["storage", "text"],
    ["exposure", "text"],
  ],
  values: (draft: CredentialDraft) => [
    draft.identityRef,
    draft.credentialKind,
    draft.name,
    draft.fingerprint,
    { json: undatedFacts(draft.facts) },
    text(draft.facts, "status"),
    instant(draft.facts, "createdAt"),
    instant(draft.facts, "lastRotatedAt"),
    instant(draft.facts, "lastUsedAt"),
    instant(draft.facts, "expiresAt"),
    hasExpiry(draft.facts),
    text(draft.facts, "storage"),
    text(draft.facts, "exposure.state"),
  ],
};

export const usageDrafts: DraftTable<"usage"> = {
  name: "usage_draft",
  columns: [
    ["identity_ref", "text"],
    ["service", "text"],
    ["last_used_at", "timestamptz(3)"],
    ["observed_days", "double precision"],
  ],
  values: (draft) => [draft.identityRef, draft.service, draft.lastUsedAt, draft.observedDays],
};

export const ownerDrafts: DraftTable<"owner"> = {
  name: "owner_draft",
  columns: [
    ["identity_ref", "text"],
    ["owner_kind", "text"],
    ["person_ref", "text"],
    ["label", "text"],
    ["signal", "text"],
    ["weight", "double precision"],
    ["observed_at", "timestamptz(3)"],
  ],
  values: (draft) => [draft.identityRef, draft.ownerKind, draft.personRef, draft.label, draft.signal, draft.weight, draft.observedAt],
};

interface Part {
  readonly table: string;
  readonly drafts: string;
  readonly columns: readonly string[];
}
const credentials: Part = {
  table: "credential",
  drafts: "credential_draft",
  columns: credentialDrafts.columns.slice(1).map(([name]) => name),
};
const usages: Part = { table: "identity_usage", drafts: "usage_draft", columns: usageDrafts.columns.slice(1).map(([name]) => name) };
const owners: Part = { table: "owner_claim", drafts: "owner_draft", columns: ownerDrafts.columns.slice(1).map(([name]) => name) };

const storedCredential = lookUp({ table: "credential", as: "c", where: "c.workspace_id = $1 and c.source_id = $2 and c.ref = d.ref" });

/** Credentials that come and go with their identity are part of its creation and its end, not changes of their own. */
const credentialChanges: readonly string[] = [
  `insert into identity_change (identity_id, what, field, before, after)
  select l.identity_id, case when c.id is null then 'credential_added' when c.identity_id <> l.identity_id then 'credential_added' else 'credential_rotated' end,
         coalesce(d.name, d.kind), to_char(c.rotated_at, 'YYYY-MM-DD'), to_char(d.rotated_at, 'YYYY-MM-DD')
    from credential_draft d join credential_draft_link l on l.ref = d.ref
    left join ${storedCredential}
   where not exists (select 1 from identity_change n where n.identity_id = l.identity_id and n.what = 'created')
     and (c.id is null or c.identity_id <> l.identity_id or (c.rotated_at is not null and d.rotated_at is not null and d.rotated_at > c.rotated_at))`,
  `insert into identity_change (identity_id, what, field, before, after)
  select c.identity_id, 'credential_changed', coalesce(d.name, d.kind) || ' status', c.status, d.status
    from credential_draft d join ${storedCredential}
   where d.stated and c.status is distinct from d.status`,
  `insert into identity_change (identity_id, what, field)
  select c.identity_id, 'credential_removed', coalesce(c.name, c.kind)
    from credential_draft d join ${storedCredential}
   where not d.stated and not exists (select 1 from identity_change n where n.identity_id = c.identity_id and n.what = 'gone')`,
];

export async function storeCredentials(sql: Sql, run: RunContext): Promise<void> {
  await runBatch(sql, [...linked(credentials, run), ...credentialChanges, ...merged(credentials)], valuesOf(run));
}

export async function storeUsages(sql: Sql, run: RunContext): Promise<void> {
  await runBatch(sql, [...linked(usages, run), ...merged(usages)], valuesOf(run));
}

export async function storeOwners(sql: Sql, run: RunContext): Promise<void> {
  await runBatch(sql, [...linked(owners, run), ...merged(owners)], valuesOf(run));
}

/** References stay inside a source; a full ARN may name an identity of another. Unknown ones wait: their statement is kept. */
function linked(part: Part, run: RunContext): readonly string[] {
  const links = `${part.drafts}_link`;
  return [
    ...analysing(run, part.drafts),
    workTable(links, [
      ["ref", "text"],
      ["identity_id", "uuid"],
    ]),
    `insert into ${links}
     select d.ref, i.id as identity_id from ${part.drafts} d
       join ${lookUp({
         table: "identity",
         as: "i",
         where: "i.workspace_id = $1 and i.source_id = $2 and i.ref = d.identity_ref and i.gone_at is null",
       })} where d.stated`,
    `insert into ${links}
     select distinct on (d.ref) d.ref, i.id from ${part.drafts} d
       join ${lookUp({ table: "identity", as: "i", where: "i.workspace_id = $1 and i.ref = d.identity_ref and i.gone_at is null" })}
      where d.stated and d.identity_ref like 'arn:%' and not exists (select 1 from ${links} l where l.ref = d.ref)
      order by d.ref, i.id`,
    ...analysing(run, links),
  ];
}

function merged(part: Part): readonly string[] {
  const columns = ["identity_id", ...part.columns];
  const list = columns.join(", ");
  const drafted = ["l.identity_id", ...part.columns.map((name) => `d.${name}`)].join(", ");
  return [
    `delete from ${part.table} where workspace_id = $1 and source_id = $2 and ref = any (array(select ref from ${part.drafts} where not stated))`,
    `insert into ${part.table} as p (workspace_id, source_id, ref, ${list})
     select $1, $2, d.ref, ${drafted} from ${part.drafts} d join ${part.drafts}_link l on l.ref = d.ref
     on conflict (workspace_id, source_id, ref) do update set (${list}) = row(${columns.map((name) => `excluded.${name}`).join(", ")})
      where (${columns.map((name) => `p.${name}`).join(", ")}) is distinct from (${columns.map((name) => `excluded.${name}`).join(", ")})`,
  ];
}
