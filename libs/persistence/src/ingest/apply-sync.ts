import type { ApplyResult } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";
import { lookUp } from "../database/look-up.ts";
import { runBatch } from "../database/run-batch.ts";
import { spellOutOthers } from "./relative-scopes.ts";
import { touchOvertaken } from "./overtaken-groups.ts";
import { workTable } from "../database/work-table.ts";
import { applyAbsences } from "./apply-absences.ts";
import { applyNew } from "./apply-new.ts";
import { rememberFormerBearers } from "./former-statements.ts";
import { closeAsStored, closing, rememberCounts } from "./close-sync.ts";
import { beginComparison, comparison, type Comparison, type ComparisonIds } from "./compare.ts";

/** Stores what differs and remembers which groups have to be merged again. One transaction; the second time there is nothing left to do. */
export async function applySync(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly removalScopeIds: readonly string[] },
): Promise<ApplyResult> {
  const { syncId, removalScopeIds } = run;
  const ids = [workspaceId, syncId];
  const {
    rows: [sync],
  } = await sql.query("select source_id from sync where workspace_id = $1 and id = $2 for update", ids);
  if (sync === undefined) return { added: 0, changed: 0, unchanged: 0, markedAbsent: 0, removed: 0 };
  // Two syncs of one source take turns, so that a comparison is never made against rows another is changing.
  await sql.query("select 1 from source where workspace_id = $1 and id = $2 for update", [workspaceId, sync.source_id]);
  const known = { syncId, sourceId: sync.source_id as string };
  const simple = (await closeAsStored(sql, workspaceId, known)) ?? (await applyNew(sql, workspaceId, known));
  if (simple !== null) return simple;
  const difference = await findDifference(sql, await beginComparison(sql, workspaceId, syncId));
  const differs = difference.added + difference.changed + difference.confirmed + difference.absent > 0;
  if (differs) await spellOutOthers(sql, workspaceId, { syncId, scopeIds: difference.ids[2] });
  const stored = await storeStatements(sql, difference, sync.source_id);
  const lost =
    difference.absent === 0
      ? { markedAbsent: 0, removed: 0 }
      : await applyAbsences(sql, workspaceId, { syncId, scopeIds: removalScopeIds });
  if (stored.added + stored.changed + difference.absent > 0)
    await touchGroups(sql, workspaceId, { syncId, sourceId: sync.source_id, removalScopeIds });
  const values = [workspaceId, syncId, sync.source_id, removalScopeIds] as const;
  await runBatch(sql, closing(differs), values);
  // What is all new had no date that could move.
  if (stored.added < difference.staged || difference.staged === 0) await touchOvertaken(sql, values);
  return rememberCounts(sql, workspaceId, { syncId, counts: { ...stored, ...lost } });
}

interface Run {
  readonly syncId: string;
  readonly sourceId: string;
}
interface Difference {
  readonly ids: ComparisonIds;
  readonly added: number;
  readonly changed: number;
  readonly confirmed: number;
  readonly absent: number;
  readonly staged: number;
}

const key = [
  ["scope_id", "uuid"],
  ["kind", "text"],
  ["ref", "text"],
] as const;
const comparedRows = workTable("compared_rows", [
  ["seq", "int"],
  ...key,
  ["observed_at", "timestamptz(3)"],
  ["next_absence", "timestamptz(3)"],
  ["action", "text"],
  ["known", "boolean"],
  ["stated_before", "timestamptz(3)"],
]);
const absentRows = workTable("absent_rows", [
  ...key,
  ["absent_since", "timestamptz(3)"],
  ["observed_at", "timestamptz(3)"],
  ["missing_since", "timestamptz(3)"],
  ["removable", "boolean"],
  ["gone_at", "timestamptz(3)"],
]);

/** Puts what differs into the temporary tables `compared_rows` and `absent_rows`; what is as it was costs one probe and no write. */
async function findDifference(sql: Sql, { ids, absences }: Comparison): Promise<Difference> {
  const [counts] = await runBatch(
    sql,
    [
      comparedRows,
      absentRows,
      `insert into compared_rows select * from (${comparison}) c where action <> 'unchanged'`,
      `insert into absent_rows ${absences}`,
      `select count(*) filter (where action = 'added') as added, count(*) filter (where action = 'changed') as changed, count(*) filter (where action = 'confirmed') as confirmed,
            (select count(*) from absent_rows) as absent, (select staged_rows from sync where workspace_id = $1 and id = $2) as staged from compared_rows`,
    ],
    ids,
  );
  return { ids, ...(counts as Omit<Difference, "ids">) };
}

async function storeStatements(
  sql: Sql,
  difference: Difference,
  sourceId: string,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const {
    ids: [workspaceId, syncId, scopeIds],
    added,
    changed,
    confirmed,
    staged,
  } = difference;
  const ofRow = (row: string, stored: string): string =>
    `${stored}.workspace_id = $1 and ${stored}.scope_id = any($2::uuid[]) and ${stored}.scope_id = ${row}.scope_id and ${stored}.kind = ${row}.kind and ${stored}.ref = ${row}.ref`;
  // Rows are found by their key and then written where they are; the place is good for as long as the source is locked.
  const located = `join ${lookUp({ table: "observation", as: "k", columns: "ctid", where: ofRow("d", "k") })}`;
  const ofStatement = (sync: string, row: string): string =>
    lookUp({
      table: "staged_observation",
      as: "st",
      where: `st.workspace_id = $1 and st.sync_id = ${sync} and st.seq = ${row}.seq`,
    });
  if (added > 0) {
    await sql.query(
      `insert into observation (workspace_id, scope_id, kind, ref, source_id, identity_ref, hash, payload, observed_at, absent_since)
       select $1, st.scope_id, st.kind, st.ref, $3, st.identity_ref, st.hash, st.payload, c.observed_at, c.next_absence
         from compared_rows c join ${ofStatement("$2", "c")} where c.action = 'added'
        order by st.scope_id, st.kind, st.ref`,
      [workspaceId, syncId, sourceId],
    );
  }
  if (changed > 0) {
    await rememberFormerBearers(sql, [workspaceId, syncId, scopeIds]);
    await sql.query(
      `update observation o set hash = c.hash, payload = c.payload, identity_ref = c.identity_ref, observed_at = c.observed_at, absent_since = c.next_absence
         from (select d.*, st.hash, st.payload, st.identity_ref, k.ctid as place from compared_rows d join ${ofStatement("$3", "d")} ${located}
                where d.action = 'changed') c where o.ctid = c.place`,
      [workspaceId, scopeIds, syncId],
    );
  }
  // A push or a partial listing confirms only the rows it names, so the time goes to the row.
  if (confirmed > 0) {
    await sql.query(
      `update observation o set observed_at = c.observed_at from (select d.*, k.ctid as place from compared_rows d ${located} where d.action = 'confirmed') c where o.ctid = c.place`,
      [workspaceId, scopeIds],
    );
  }
  return { added, changed, unchanged: Math.max(0, staged - added - changed) };
}

async function touchGroups(sql: Sql, workspaceId: string, run: Run & { readonly removalScopeIds: readonly string[] }): Promise<void> {
  await sql.query(
    `insert into touched_group (workspace_id, sync_id, source_id, kind, ref)
     select distinct $1::uuid, $2::uuid, $3::uuid, kind, ref from (
       select kind, ref from compared_rows where action in ('added', 'changed') union all select kind, ref from absent_rows where (removable or absent_since is distinct from missing_since) and scope_id = any($4::uuid[])) t
     on conflict do nothing`,
    [workspaceId, run.syncId, run.sourceId, run.removalScopeIds],
  );
}
