import type { EntityDraft, MergeObservations } from "@rollcall/posture-pipeline";
import { uuidV7 } from "@rollcall/platform";
import { copyIn, type CopyValue } from "../../database/copy-in.ts";
import type { Sql } from "../../database/database.ts";
import { runBatch } from "../../database/run-batch.ts";
import { workTable } from "../../database/work-table.ts";
import { identityDrafts } from "./identities.ts";
import { credentialDrafts, ownerDrafts, usageDrafts } from "./identity-parts.ts";
import { LivingIdentities } from "./living-identities.ts";
import type { DraftTable } from "./load-drafts.ts";
import { readGroups } from "./read-groups.ts";
import { valuesOf, type RunIds } from "./run-context.ts";
import { grantDrafts, humanDrafts, resourceDrafts } from "./source-things.ts";

type Kind = EntityDraft["kind"];
type DraftOf<K extends Kind> = Extract<EntityDraft, { kind: K }>;
type LinkedDraft = DraftOf<"credential" | "usage" | "owner">;
type Columns = readonly (readonly [name: string, type: string])[];

/** Whether nothing of a source was merged yet and nothing it states was missed since. */
export async function isNewSource(sql: Sql, { workspaceId, sourceId }: RunIds): Promise<boolean> {
  const empty = ["identity", "credential", "identity_usage", "owner_claim", "resource", "access_grant", "human"].map(
    (table) => `not exists (select 1 from ${table} where workspace_id = $1 and source_id = $2)`,
  );
  const { rows } = await sql.query(
    `select ${empty.join(" and ")} and not exists (select 1 from observation where workspace_id = $1 and source_id = $2 and absent_since is not null) as is_new`,
    [workspaceId, sourceId],
  );
  return rows[0].is_new === true;
}

interface Work {
  readonly sql: Sql;
  readonly run: RunIds;
  readonly groups: ReadonlyMap<string, number>;
  readonly merge: MergeObservations;
}

/**
 * The inventory of a source that has none. Nothing can be in the way: every row is new, and which identity it belongs to is known here,
 * so each is written once and never looked up. Comes to what merging touched groups comes to. Returns the number of changes.
 */
export async function storeNew(
  sql: Sql,
  run: RunIds,
  from: { readonly groups: ReadonlyMap<string, number>; readonly merge: MergeObservations },
): Promise<number> {
  const work: Work = { sql, run, ...from };
  const living = new LivingIdentities(sql, run.workspaceId);
  let changes = await storeIdentities(work, living);
  changes += await storeParts(work, living, { table: "credential", kind: "credential", drafts: credentialDrafts, changes: addedElsewhere });
  await storeParts(work, living, { table: "identity_usage", kind: "usage", drafts: usageDrafts });
  await storeParts(work, living, { table: "owner_claim", kind: "owner", drafts: ownerDrafts });
  await storeThings(work, { table: "resource", kind: "resource", drafts: resourceDrafts });
  await storeThings(work, { table: "access_grant", kind: "grant", drafts: grantDrafts });
  await storeThings(work, { table: "human", kind: "human", drafts: humanDrafts });
  return changes;
}

const created = `insert into change (workspace_id, identity_id, sync_id, at, actor, what)
  select $1, id, $3, $4, 'sync', 'created' from new_identity`;

async function storeIdentities(work: Work, living: LivingIdentities): Promise<number> {
  // Two references with one native id are one identity; the first of them names it.
  const known = new Set<string>();
  const rowOf = (draft: DraftOf<"identity">): readonly CopyValue[] | null => {
    const key = `${draft.identityKind}\u0001${draft.nativeId ?? `\u0001${draft.ref}`}`;
    if (known.has(key)) return null;
    known.add(key);
    const id = uuidV7();
    living.add(draft.ref, id);
    return [id, draft.ref, ...identityDrafts.values(draft)];
  };
  const columns: Columns = [["id", "uuid"], ["ref", "text"], ...identityDrafts.columns];
  const count = await load(work, "identity", {
    name: "new_identity",
    columns,
    rowsOf: (drafts) => (drafts as DraftOf<"identity">[]).map(rowOf),
  });
  if (count === 0) return 0;
  const list = columns.map(([name]) => name).join(", ");
  await runBatch(
    work.sql,
    [
      `insert into identity (workspace_id, source_id, first_seen_at, ${list}) select $1, $2, $4::timestamptz, ${list} from new_identity`,
      created,
    ],
    valuesOf(work.run),
  );
  return count;
}

/** A credential of an identity that another source made is news about that one. */
const addedElsewhere = `insert into change (workspace_id, identity_id, sync_id, at, actor, what, field, after)
  select $1, n.identity_id, $3, $4, 'sync', 'credential_added', coalesce(n.name, n.kind), to_char(n.rotated_at, 'YYYY-MM-DD')
    from new_credential n where not exists (select 1 from identity i where i.workspace_id = $1 and i.id = n.identity_id and i.source_id = $2)
   order by n.identity_id, coalesce(n.name, n.kind)`;

interface Part<K extends Kind> {
  readonly table: string;
  readonly kind: K;
  readonly drafts: DraftTable<K>;
  readonly changes?: string;
}

async function storeParts<K extends LinkedDraft["kind"]>(work: Work, living: LivingIdentities, part: Part<K>): Promise<number> {
  // The first column of a draft is the reference that is an id by now.
  const columns: Columns = [["identity_id", "uuid"], ["ref", "text"], ...part.drafts.columns.slice(1)];
  const rowsOf = async (drafts: readonly EntityDraft[]) => {
    const linked = drafts as readonly LinkedDraft[];
    await living.find(linked.map(({ identityRef }) => identityRef));
    return linked.map((draft): Rows[number] => {
      const id = living.idOf(draft.identityRef);
      return id === undefined ? null : [id, draft.ref, ...part.drafts.values(draft as unknown as DraftOf<K>).slice(1)];
    });
  };
  const count = await load(work, part.kind, { name: `new_${part.table}`, columns, rowsOf });
  if (count === 0) return 0;
  await insertAll(work, part.table, columns);
  if (part.changes === undefined) return 0;
  return (await work.sql.query(part.changes, [...valuesOf(work.run)])).rowCount ?? 0;
}

async function storeThings<K extends Kind>(work: Work, thing: Part<K>): Promise<void> {
  const columns: Columns = [["ref", "text"], ...thing.drafts.columns];
  const rowsOf = (drafts: readonly EntityDraft[]) =>
    drafts.map((draft): Rows[number] => [draft.ref, ...thing.drafts.values(draft as DraftOf<K>)]);
  if ((await load(work, thing.kind, { name: `new_${thing.table}`, columns, rowsOf })) > 0) await insertAll(work, thing.table, columns);
}

async function insertAll({ sql, run }: Work, table: string, columns: Columns): Promise<void> {
  const list = columns.map(([name]) => name).join(", ");
  await runBatch(sql, [`insert into ${table} (workspace_id, source_id, ${list}) select $1, $2, ${list} from new_${table}`], valuesOf(run));
}

type Rows = readonly (readonly CopyValue[] | null)[];
interface Target {
  readonly name: string;
  readonly columns: Columns;
  readonly rowsOf: (drafts: readonly EntityDraft[]) => Rows | Promise<Rows>;
}

/** Merges all groups of a kind into a work table; rows that are null are left out. Returns how many rows there are. */
async function load({ sql, run, groups, merge }: Work, kind: Kind, target: Target): Promise<number> {
  const size = groups.get(kind) ?? 0;
  if (size === 0) return 0;
  await sql.query(workTable(target.name, target.columns));
  const columns = target.columns.map(([name]) => name);
  let count = 0;
  for await (const some of readGroups(sql, run.workspaceId, { ...run, kind, groups: size })) {
    const drafts = some.map((group) => merge(group)).filter((draft) => draft?.kind === kind) as EntityDraft[];
    const rows = (await target.rowsOf(drafts)).filter((row) => row !== null);
    count += await copyIn(sql, { table: target.name, columns }, rows);
  }
  return count;
}
