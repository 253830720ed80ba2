import type { EntityDraft, MergeObservations } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { credentialDrafts, ownerDrafts, storeCredentials, storeOwners, storeUsages, usageDrafts } from "./identity-parts.ts";
import { identityDrafts, storeIdentities } from "./identities.ts";
import { beginLateSightings, endLateSightings } from "./late-sightings.ts";
import { loadDrafts, type DraftTable } from "./load-drafts.ts";
import { runBatch } from "../../database/run-batch.ts";
import { isNewSource, storeNew } from "./store-new.ts";
import { readGroups } from "./read-groups.ts";
import { retellEnds } from "./retell-ends.ts";
import { toldAnew } from "./told-anew.ts";
import type { RunContext, RunIds } from "./run-context.ts";
import { workTable } from "../../database/work-table.ts";
import { grantDrafts, humanDrafts, resourceDrafts, storeGrants, storeHumans, storeResources } from "./source-things.ts";

type Kind = EntityDraft["kind"];
interface Step {
  readonly kind: Kind;
  readonly run: (sql: Sql, run: RunContext, work: { readonly groups: number; readonly merge: MergeObservations }) => Promise<void>;
}
const step = <K extends Kind>(kind: K, table: DraftTable<K>, store: (sql: Sql, run: RunContext) => Promise<void>): Step => ({
  kind,
  run: async (sql, run, { groups, merge }) => {
    const { workspaceId, syncId, sourceId, everything } = run;
    const touched = readGroups(sql, workspaceId, { syncId, sourceId, kind, groups, everything });
    await loadDrafts(sql, { kind, groups: touched, table, merge });
    await store(sql, run);
  },
});

/** Identities first: the others link to them, and a new identity touches what already pointed at it. */
const steps: readonly [Step, ...Step[]] = [
  step("identity", identityDrafts, storeIdentities),
  step("credential", credentialDrafts, storeCredentials),
  step("usage", usageDrafts, storeUsages),
  step("owner", ownerDrafts, storeOwners),
  step("resource", resourceDrafts, storeResources),
  step("grant", grantDrafts, storeGrants),
  step("human", humanDrafts, storeHumans),
];

/** So few that a plan made for any number of them is good. */
const fewGroups = 1_000;

const changeTable = workTable("identity_change", [
  ["identity_id", "uuid"],
  ["what", "text"],
  ["field", "text"],
  ["before", "text"],
  ["after", "text"],
]);

export async function materialise(
  sql: Sql,
  workspaceId: string,
  work: { readonly syncId: string; readonly merge: MergeObservations },
): Promise<{ identities: number; changes: number }> {
  const {
    rows: [sync],
  } = await sql.query(
    `select source_id, as_of, merge_all, exists (select 1 from touched_group t where t.workspace_id = $1 and t.sync_id = $2) as touched
       from sync where workspace_id = $1 and id = $2 for update`,
    [workspaceId, work.syncId],
  );
  if (sync === undefined) return { identities: 0, changes: 0 };
  const {
    rows: [source],
  } = await sql.query("select as_of > $3 as ahead from source where workspace_id = $1 and id = $2 for update", [
    workspaceId,
    sync.source_id,
    sync.as_of,
  ]);
  const ids = { workspaceId, syncId: work.syncId, sourceId: sync.source_id, asOf: sync.as_of, everything: sync.merge_all };
  const late = source?.ahead === true;
  if (!late && !sync.touched && !sync.merge_all) return { identities: 0, changes: 0 };
  if (late) await beginLateSightings(sql, ids);
  const { told, ...merged } = await mergeTouched(sql, ids, work.merge);
  if (late) await endLateSightings(sql, ids);
  if (late || told) await retellEnds(sql, ids, work.merge);
  return merged;
}

interface Merged {
  readonly identities: number;
  readonly changes: number;
  /** Whether the end of something has to be told anew. */
  readonly told: boolean;
}

async function mergeTouched(sql: Sql, ids: RunIds, merge: MergeObservations): Promise<Merged> {
  const { workspaceId, syncId } = ids;
  const before = await countTouched(sql, ids);
  const groups = [...before.values()].reduce((sum, count) => sum + count, 0);
  if (groups === 0) return { identities: 0, changes: 0, told: false };
  const run: RunContext = { ...ids, analyse: groups > fewGroups };
  const counted =
    ids.everything && (await isNewSource(sql, ids))
      ? await storeNew(sql, run, { groups: before, merge })
      : await storeTouched(sql, run, { groups: before, merge });
  const [after] = await runBatch(
    sql,
    [
      "delete from touched_group where workspace_id = $1 and sync_id = $2",
      "update sync set merge_all = false where workspace_id = $1 and id = $2 and merge_all",
      toldAnew,
      "select exists (select 1 from told_anew) as told",
    ],
    [workspaceId, syncId],
  );
  return { identities: before.get("identity") ?? 0, changes: counted, told: after?.["told"] === true };
}

async function storeTouched(
  sql: Sql,
  run: RunContext,
  from: { readonly groups: ReadonlyMap<string, number>; readonly merge: MergeObservations },
): Promise<number> {
  const { merge } = from;
  await sql.query(changeTable);
  const [identities, ...others] = steps;
  const identityGroups = from.groups.get("identity") ?? 0;
  if (identityGroups > 0) await identities.run(sql, run, { groups: identityGroups, merge });
  const touched = await countTouched(sql, run);
  for (const part of others) {
    const count = touched.get(part.kind) ?? 0;
    if (count > 0) await part.run(sql, run, { groups: count, merge });
  }
  const changes = await sql.query(
    `insert into change (workspace_id, identity_id, sync_id, at, actor, what, field, before, after)
     select $1, identity_id, $2, $3, 'sync', what, field, before, after from identity_change order by identity_id, what, field`,
    [run.workspaceId, run.syncId, run.asOf],
  );
  return changes.rowCount ?? 0;
}

async function countTouched(sql: Sql, run: RunIds): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query<{ kind: string; groups: number }>(
    run.everything
      ? "select kind, count(*) as groups from observation where workspace_id = $1 and source_id = $2 group by kind"
      : "select kind, count(*) as groups from touched_group where workspace_id = $1 and sync_id = $2 group by kind",
    [run.workspaceId, run.everything ? run.sourceId : run.syncId],
  );
  return new Map(rows.map((row) => [row.kind, row.groups]));
}
