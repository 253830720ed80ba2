import type { Job } from "@rollcall/posture-pipeline";
import type { Database, Sql } from "../database/database.ts";
import { hasRunInHand } from "../ingest/has-run-in-hand.ts";

export interface OutboxEntry {
  readonly id: string;
  readonly job: Job;
}

/** The relay's side of the outbox, across workspaces. */
export interface OutboxStore {
  /**
   * Oldest first, those that no other relay holds; what is not acknowledged within the lease is handed out again. Of the runs of a workspace
   * only one is in the queue at a time, whatever else it sent: the others wait here, and no other workspace waits behind them.
   */
  pending(limit: number): Promise<readonly OutboxEntry[]>;
  acknowledge(ids: readonly string[]): Promise<void>;
  /** Calls back after each commit that wrote to the outbox, until the connection is lost. */
  listen(onWrite: () => void, onLost?: () => void): Promise<{ close(): Promise<void> }>;
}

export const outboxLeaseSeconds = 5;
const claimable = `(claimed_at is null or claimed_at < now() - make_interval(secs => ${outboxLeaseSeconds}))`;

export function createOutboxStore(database: Database): OutboxStore {
  return {
    pending: (limit) =>
      database.sqlInSystem(async (sql) => {
        const others = await claim(
          sql,
          `select workspace_id, id from outbox where job <> 'ingest-sync' and ${claimable} order by created_at, id limit $1 for update skip locked`,
          [limit],
        );
        const entries = [...others, ...(await claimRuns(sql, database, limit))];
        return entries.sort((a, b) => (a.id < b.id ? -1 : 1));
      }),
    acknowledge: (ids) =>
      database.sqlInSystem(async (sql) => {
        await sql.query("delete from outbox where id = any($1::uuid[])", [ids]);
      }),
    listen: (onWrite, onLost = () => {}) => database.listen("rollcall_outbox", { onNotify: onWrite, onLost }),
  };
}

/** The oldest run of each workspace that has none in the queue. */
async function claimRuns(sql: Sql, database: Database, limit: number): Promise<OutboxEntry[]> {
  // Two relays that look at the same time would each hand over one.
  const { rows: locks } = await sql.query("select pg_try_advisory_xact_lock(hashtext('rollcall relay')) as mine");
  if (locks[0]?.mine !== true) return [];
  const { rows } = await sql.query<{ id: string }>(
    `select workspace_id as id from outbox where job = 'ingest-sync' and ${claimable} group by 1 order by min(created_at)`,
  );
  const free: string[] = [];
  for (const { id } of rows) {
    if (free.length === limit) break;
    if (!(await database.sqlInWorkspace(id, (inside) => hasRunInHand(inside, id, outboxLeaseSeconds), "read only"))) free.push(id);
  }
  if (free.length === 0) return [];
  return claim(
    sql,
    `select o.workspace_id, o.id from unnest($1::uuid[]) as w(id)
       cross join lateral (select workspace_id, id from outbox where workspace_id = w.id and job = 'ingest-sync' and ${claimable}
                            order by id limit 1 for update skip locked) o`,
    [free],
  );
}

async function claim(sql: Sql, which: string, values: readonly unknown[]): Promise<OutboxEntry[]> {
  const { rows } = await sql.query(
    `update outbox o set claimed_at = now(), attempts = o.attempts + 1 from (${which}) c
      where o.workspace_id = c.workspace_id and o.id = c.id returning o.id, o.job, o.payload`,
    [...values],
  );
  return rows.map((row): OutboxEntry => ({ id: row.id, job: { name: row.job, payload: row.payload } as Job }));
}
