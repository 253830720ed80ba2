import type { ApplyResult } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";
import { runBatch } from "../database/run-batch.ts";
import { listingDates, scopeDates, sourceDates } from "./close-sync.ts";

/** Whether no listing of any scope of a sync was ever stored: nothing to compare with, and nothing to miss. `$1` workspace, `$2` sync. */
export const isAllNew = `not exists (select 1 from sync_scope k join scope kn on kn.workspace_id = $1 and kn.id = k.scope_id
  where k.workspace_id = $1 and k.sync_id = $2 and kn.observed_at is not null)`;

const store = `insert into observation (workspace_id, scope_id, kind, ref, source_id, identity_ref, hash, payload, observed_at)
  select $1, st.scope_id, st.kind, st.ref, $3, st.identity_ref, st.hash, st.payload, ss.observed_at
    from staged_observation st join sync_scope ss on ss.workspace_id = $1 and ss.sync_id = $2 and ss.scope_id = st.scope_id
   where st.workspace_id = $1 and st.sync_id = $2 order by st.scope_id, st.kind, st.ref`;

const touch = `insert into touched_group (workspace_id, sync_id, source_id, kind, ref)
  select distinct $1::uuid, $2::uuid, $3::uuid, kind, ref from staged_observation where workspace_id = $1 and sync_id = $2`;

/** Stores a sync of scopes that nothing is known of, without comparing. Null, and nothing done, when it is another kind. */
export async function applyNew(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly sourceId: string },
): Promise<ApplyResult | null> {
  const values = [workspaceId, run.syncId, run.sourceId];
  const { rows } = await sql.query(
    `select ${isAllNew} as all_new, not exists (select 1 from scope where workspace_id = $1 and source_id = $3 and observed_at is not null) as first`,
    values,
  );
  const { all_new: allNew, first } = rows[0];
  if (allNew !== true) return null;
  // The planner expects a row or two of a sync that was staged a moment ago.
  await sql.query("set local enable_nestloop = off");
  const { rowCount } = await sql.query(store, values);
  const added = rowCount ?? 0;
  await runBatch(
    sql,
    [
      ...(first === true ? [] : [touch]),
      listingDates,
      scopeDates(true),
      sourceDates,
      `update sync set merge_all = $4, counts = jsonb_build_object('added', $5::int, 'changed', 0, 'unchanged', greatest(0, staged_rows - $5::int), 'markedAbsent', 0, 'removed', 0)
        where workspace_id = $1 and id = $2`,
    ],
    [...values, String(first), added],
  );
  return { added, changed: 0, unchanged: 0, markedAbsent: 0, removed: 0 };
}
