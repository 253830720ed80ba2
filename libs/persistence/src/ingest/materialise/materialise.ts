import type { EntityDraft, MergeObservations } from "@rollcall/posture-pipeline";
import type { Sql } from "../../database/database.ts";
import { credentialDrafts, ownerDrafts, storeCredentials, storeOwners, storeUsages, usageDrafts } from "./identity-parts.ts";
import { identityDrafts, storeIdentities } from "./identities.ts";
import { loadDrafts, type DraftTable } from "./load-drafts.ts";
import type { RunContext } from "./run-context.ts";
import { grantDrafts, humanDrafts, resourceDrafts, storeGrants, storeHumans, storeResources } from "./source-things.ts";

interface Step<K extends EntityDraft["kind"]> { readonly kind: K; readonly table: DraftTable<K>; readonly store: (sql: Sql, run: RunContext) => Promise<void> }
const step = <K extends EntityDraft["kind"]>(kind: K, table: DraftTable<K>, store: Step<K>["store"]) =>
  async (sql: Sql, run: RunContext, merge: MergeObservations): Promise<void> => {
    const { workspaceId, syncId, sourceId } = run;
    const count = await loadDrafts(sql, workspaceId, { touched: { syncId, sourceId, kind }, table, merge });
    // Identities always run: their change log table is where the later steps write.
    if (count > 0 || kind === "identity") await store(sql, run);
  };

/** Identities first: the others link to them, and a new identity touches what already pointed at it. */
const steps = [
  step("identity", identityDrafts, storeIdentities),
  step("credential", credentialDrafts, storeCredentials),
  step("usage", usageDrafts, storeUsages),
  step("owner", ownerDrafts, storeOwners),
  step("resource", resourceDrafts, storeResources),
  step("grant", grantDrafts, storeGrants),
  step("human", humanDrafts, storeHumans),
];

export async function materialise(sql: Sql, workspaceId: string, work: { readonly syncId: string; readonly merge: MergeObservations }): Promise<{ identities: number; changes: number }> {
  const { rows: [sync] } = await sql.query("select source_id, as_of from sync where workspace_id = $1 and id = $2 for update", [workspaceId, work.syncId]);
  if (sync === undefined) return { identities: 0, changes: 0 };
  await sql.query("select 1 from source where workspace_id = $1 and id = $2 for update", [workspaceId, sync.source_id]);
  const run: RunContext = { workspaceId, syncId: work.syncId, sourceId: sync.source_id, asOf: sync.as_of };
  const { rowCount } = await sql.query("select 1 from touched_group where workspace_id = $1 and sync_id = $2 limit 1", [workspaceId, work.syncId]);
  if (rowCount === 0) return { identities: 0, changes: 0 };
  for (const store of steps) await store(sql, run, work.merge);
  const { rows: [touched] } = await sql.query("select count(*) as identities from identity_draft");
  const changes = await sql.query(
    `insert into change (workspace_id, identity_id, sync_id, at, actor, what, field, before, after)
     select $1, identity_id, $2, $3, 'sync', what, field, before, after from identity_change order by identity_id, what, field`,
    [workspaceId, work.syncId, run.asOf],
  );
  await sql.query("delete from touched_group where workspace_id = $1 and sync_id = $2", [workspaceId, work.syncId]);
  return { identities: touched.identities, changes: changes.rowCount ?? 0 };
}
