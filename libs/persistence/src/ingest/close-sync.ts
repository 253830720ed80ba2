import type { ApplyResult } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";
import { runBatch } from "../database/run-batch.ts";
import { mayOvertake } from "./overtaken-groups.ts";
import { showsWhatIsStored } from "./compare.ts";

export const scopeDates = (differs: boolean): string =>
  `update scope sc set
        outcome = case when ss.observed_at >= coalesce(sc.observed_at, '-infinity') then ss.outcome else sc.outcome end,
        note = case when ss.observed_at >= coalesce(sc.observed_at, '-infinity') then ss.note else sc.note end,
        missing_permission = case when ss.observed_at >= coalesce(sc.observed_at, '-infinity') then ss.missing_permission else sc.missing_permission end,
        observed_at = greatest(sc.observed_at, ss.observed_at),
        complete_at = case when ss.absences_at is not null then greatest(sc.complete_at, ss.observed_at) else sc.complete_at end,
        rows = ${differs ? "(select count(*) from observation o where o.workspace_id = $1 and o.scope_id = sc.id and o.absent_since is null)" : "sc.rows"}
       from sync_scope ss where ss.workspace_id = $1 and ss.sync_id = $2 and sc.workspace_id = $1 and sc.id = ss.scope_id`;

export const sourceDates = `update source src set as_of = greatest(src.as_of, s.as_of), last_sync_at = now(),
            last_success_at = case when o.readable > 0 then greatest(src.last_success_at, s.as_of) else src.last_success_at end,
            status = case when o.readable = 0 then 'failing' when o.complete < o.total then 'degraded' else 'ok' end
       from sync s, (select count(*) as total, count(*) filter (where outcome = 'complete') as complete,
                            count(*) filter (where outcome in ('complete', 'partial')) as readable from scope where workspace_id = $1 and source_id = $3) o
      where src.workspace_id = $1 and src.id = $3 and s.workspace_id = $1 and s.id = $2`;

/**
 * What the sync means for its scopes and its source. A complete listing counts for later comparisons once its absences were counted,
 * or when there were none to hold back. `$1` workspace, `$2` sync, `$3` source, `$4` scopes that may lose rows.
 */
export const closing = (differs: boolean): readonly string[] => [
  `update sync_scope ss set applied_at = coalesce(ss.applied_at, now()),
            absences_at = case when s.outcome = 'complete'
                                and (s.scope_id = any($4::uuid[]) or not exists (select 1 from absent_rows a where a.scope_id = s.scope_id))
                               then coalesce(ss.absences_at, now()) else ss.absences_at end
       from listed_scopes s where ss.workspace_id = $1 and ss.sync_id = $2 and ss.scope_id = s.scope_id`,
  scopeDates(differs),
  sourceDates,
];

/** Of a sync whose absences need no thought. */
export const listingDates = `update sync_scope ss set applied_at = coalesce(ss.applied_at, now()),
            absences_at = case when ss.outcome = 'complete' then coalesce(ss.absences_at, now()) else ss.absences_at end
       from scope sc where ss.workspace_id = $1 and ss.sync_id = $2 and sc.workspace_id = $1 and sc.id = ss.scope_id`;

/** A listing of nothing new only says when it was made. Null, and nothing done, when the sync has to be compared. */
export async function closeAsStored(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly sourceId: string },
): Promise<ApplyResult | null> {
  const { rows } = await sql.query(`select ${showsWhatIsStored} and not ${mayOvertake} as as_stored`, [
    workspaceId,
    run.syncId,
    run.sourceId,
  ]);
  if (rows[0].as_stored !== true) return null;
  const [sync] = await runBatch(
    sql,
    [
      listingDates,
      scopeDates(false),
      sourceDates,
      `update sync set counts = coalesce(counts, jsonb_build_object('added', 0, 'changed', 0, 'unchanged', staged_rows, 'markedAbsent', 0, 'removed', 0))
        where workspace_id = $1 and id = $2 returning staged_rows`,
    ],
    [workspaceId, run.syncId, run.sourceId],
  );
  return { added: 0, changed: 0, unchanged: sync?.["staged_rows"] ?? 0, markedAbsent: 0, removed: 0 };
}

/** A run that is repeated after a crash finds its rows stored; what the first attempt counted stays counted. */
export async function rememberCounts(
  sql: Sql,
  workspaceId: string,
  run: { readonly syncId: string; readonly counts: ApplyResult },
): Promise<ApplyResult> {
  const { rows } = await sql.query("select counts, staged_rows from sync where workspace_id = $1 and id = $2", [workspaceId, run.syncId]);
  const before = (rows[0].counts ?? { added: 0, changed: 0, markedAbsent: 0, removed: 0 }) as ApplyResult;
  const added = before.added + run.counts.added;
  const changed = before.changed + run.counts.changed;
  const counts = {
    added,
    changed,
    unchanged: Math.max(0, rows[0].staged_rows - added - changed),
    markedAbsent: before.markedAbsent + run.counts.markedAbsent,
    removed: before.removed + run.counts.removed,
  };
  await sql.query("update sync set counts = $3 where workspace_id = $1 and id = $2", [workspaceId, run.syncId, JSON.stringify(counts)]);
  return run.counts;
}
