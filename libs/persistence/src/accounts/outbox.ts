import type { Job } from "@rollcall/posture-pipeline";
import type { Database } from "../database/database.ts";

export interface OutboxEntry {
  readonly id: string;
  readonly job: Job;
}

/** The relay's side of the outbox, across workspaces. */
export interface OutboxStore {
  /** Oldest first, those that no other relay holds; what is not acknowledged within the lease is handed out again. */
  pending(limit: number): Promise<readonly OutboxEntry[]>;
  acknowledge(ids: readonly string[]): Promise<void>;
  /** Calls back after each commit that wrote to the outbox, until the connection is lost. */
  listen(onWrite: () => void, onLost?: () => void): Promise<{ close(): Promise<void> }>;
}

const leaseSeconds = 5;

export function createOutboxStore(database: Database): OutboxStore {
  return {
    pending: (limit) =>
      database.sqlInSystem(async (sql) => {
        const { rows } = await sql.query(
          `update outbox o set claimed_at = now(), attempts = o.attempts + 1
           from (select workspace_id, id from outbox where claimed_at is null or claimed_at < now() - make_interval(secs => $2)
                  order by created_at, id limit $1 for update skip locked) c
          where o.workspace_id = c.workspace_id and o.id = c.id returning o.id, o.job, o.payload`,
          [limit, leaseSeconds],
        );
        return rows
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .map((row): OutboxEntry => ({ id: row.id, job: { name: row.job, payload: row.payload } as Job }));
      }),
    acknowledge: (ids) =>
      database.sqlInSystem(async (sql) => {
        await sql.query("delete from outbox where id = any($1::uuid[])", [ids]);
      }),
    listen: (onWrite, onLost = () => {}) => database.listen("rollcall_outbox", { onNotify: onWrite, onLost }),
  };
}
