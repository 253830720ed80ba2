import type { AuditFilter, AuditRecord, AuditRow, AuditStore } from "@rollcall/posture-pipeline";
import type { Database, DbRow, Sql } from "../database/database.ts";
import { decodeCursor, pageOf } from "../read/cursor.ts";
import { appendAudit } from "./append-audit.ts";
import { createAuditSegments } from "./audit-segments.ts";

const exactTime = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const oldestSeq = Number.MAX_SAFE_INTEGER;

export function createAuditStore(database: Database): AuditStore {
  const inside = database.sqlInWorkspace;
  return {
    append: (workspaceId, event) => inside(workspaceId, (sql) => appendAudit(sql, workspaceId, event)),
    list: (workspaceId, request) =>
      inside(
        workspaceId,
        async (sql) => {
          const rows = await listRows(sql, workspaceId, request);
          return pageOf(rows, request.limit, { item: rowOf, position: (row) => [Number(row["seq"]), ""] });
        },
        "read only",
      ),
    actions: (workspaceId) =>
      inside(
        workspaceId,
        async (sql) =>
          // Hops from value to value along the index: a distinct over a long log would read all of it.
          (
            await sql.query(
              `with recursive a(action) as (
                 (select action from audit_event where workspace_id = $1 order by action limit 1)
                 union all
                 select (select e.action from audit_event e where e.workspace_id = $1 and e.action > a.action order by e.action limit 1) from a where a.action is not null)
               select action from a where action is not null`,
              [workspaceId],
            )
          ).rows.map((row) => row["action"] as string),
        "read only",
      ),
    records: (workspaceId, afterSeq, limit) =>
      inside(
        workspaceId,
        async (sql) =>
          (
            await sql.query(
              `select workspace_id, seq, ${exactTime} as at, body, encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash
                 from audit_event where workspace_id = $1 and seq > $2 order by seq limit $3`,
              [workspaceId, afterSeq, limit],
            )
          ).rows.map(recordOf),
        "read only",
      ),
    ...createAuditSegments(database),
    heads: () =>
      database.sqlInSystem(async (sql) =>
        (
          await sql.query(
            `select w.id, h.seq, encode(h.hash, 'hex') as hash from workspace w
               cross join lateral (select seq, hash from audit_event a where a.workspace_id = w.id order by seq desc limit 1) h order by w.id`,
          )
        ).rows.map((row) => ({ workspaceId: row["id"] as string, seq: Number(row["seq"]), hash: row["hash"] as string })),
      ),
  };
}

async function listRows(
  sql: Sql,
  workspaceId: string,
  request: { readonly filter: AuditFilter; readonly cursor?: string | undefined; readonly limit: number },
): Promise<readonly DbRow[]> {
  const { filter } = request;
  const before = Number(decodeCursor(request.cursor)?.[0] ?? oldestSeq);
  const { rows } = await sql.query(
    `select seq, ${exactTime} as at, actor_kind, actor_id, actor_name, action, object_kind, object_id, body from audit_event
      where workspace_id = $1 and seq < $2 and ($3::text is null or action = $3) and ($4::text is null or actor_id = $4) and ($5::text is null or object_id = $5)
        and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7) order by seq desc limit $8`,
    [
      workspaceId,
      before,
      filter.action ?? null,
      filter.actorId ?? null,
      filter.objectId ?? null,
      filter.from ?? null,
      filter.to ?? null,
      request.limit + 1,
    ],
  );
  return rows;
}

function rowOf(row: DbRow): AuditRow {
  const body = JSON.parse(row["body"]) as Pick<AuditRow, "objectLabel" | "detail" | "requestId">;
  return {
    seq: Number(row["seq"]),
    at: row["at"],
    actorKind: row["actor_kind"],
    actorId: row["actor_id"],
    actorName: row["actor_name"],
    action: row["action"],
    objectKind: row["object_kind"],
    objectId: row["object_id"],
    objectLabel: body.objectLabel,
    detail: body.detail,
    requestId: body.requestId,
  };
}

const recordOf = (row: DbRow): AuditRecord => ({
  workspaceId: row["workspace_id"],
  seq: Number(row["seq"]),
  at: row["at"],
  body: row["body"],
  prevHash: row["prev_hash"],
  hash: row["hash"],
});
