import type { AccountsStore, IdempotentAnswer } from "@rollcall/posture-pipeline";
import type { Database } from "../database/database.ts";

type IdempotencyCalls = Pick<AccountsStore, "beginIdempotent" | "renewIdempotent" | "finishIdempotent" | "abandonIdempotent">;
const keptHours = 72;
/** Whoever answers a request renews its reservation meanwhile: one not renewed belongs to a process that died, and the retry is a first attempt. */
const reservedSeconds = 20;

export function idempotencyCalls(database: Database): IdempotencyCalls {
  return {
    beginIdempotent: (workspaceId, key, requestHash) =>
      database.sqlInWorkspace(workspaceId, async (sql) => {
        await sql.query("delete from idempotency_key where workspace_id = $1 and created_at < now() - make_interval(hours => $2)", [
          workspaceId,
          keptHours,
        ]);
        const reserved = await sql.query(
          `insert into idempotency_key as k (workspace_id, key, request_hash) values ($1, $2, $3)
         on conflict (workspace_id, key) do update set request_hash = excluded.request_hash, created_at = now()
          where k.response is null and k.created_at < now() - make_interval(secs => $4) returning 1`,
          [workspaceId, key, requestHash, reservedSeconds],
        );
        if (reserved.rowCount === 1) return null;
        const { rows } = await sql.query<IdempotentAnswer>(
          `select request_hash as "requestHash", response from idempotency_key where workspace_id = $1 and key = $2`,
          [workspaceId, key],
        );
        return rows[0] ?? { requestHash, response: null };
      }),
    renewIdempotent: (workspaceId, key) =>
      database.sqlInWorkspace(workspaceId, async (sql) => {
        await sql.query("update idempotency_key set created_at = now() where workspace_id = $1 and key = $2 and response is null", [
          workspaceId,
          key,
        ]);
      }),
    finishIdempotent: (workspaceId, key, response) =>
      database.sqlInWorkspace(workspaceId, async (sql) => {
        await sql.query("update idempotency_key set response = $3 where workspace_id = $1 and key = $2", [
          workspaceId,
          key,
          JSON.stringify(response),
        ]);
      }),
    abandonIdempotent: (workspaceId, key) =>
      database.sqlInWorkspace(workspaceId, async (sql) => {
        await sql.query("delete from idempotency_key where workspace_id = $1 and key = $2 and response is null", [workspaceId, key]);
      }),
  };
}
