import { AppError } from "@rollcall/platform";
import type { AuditSegment, AuditSegmentEnds, AuditStore, SegmentSeal } from "@rollcall/posture-pipeline";
import type { Database, DbRow, Sql } from "../database/database.ts";
import { appendAudit } from "./append-audit.ts";

/** As the function `audit_prune` says that the chain of a segment is broken. */
const brokenChain = "RC002";

/** Pruning: whole segments leave, their signed ends stay. */
export function createAuditSegments(database: Database): Pick<AuditStore, "segments" | "segmentsBefore" | "prune"> {
  return {
    segments: (workspaceId) =>
      database.sqlInWorkspace(
        workspaceId,
        async (sql) => (await sql.query(prunedSegments, [workspaceId])).rows.map((row) => ({ ...endsOf(row), ...sealOf(row) })),
        "read only",
      ),
    segmentsBefore: (instant) => database.sqlInSystem(async (sql) => (await sql.query(endsBefore, [instant])).rows.map(endsOf)),
    prune: (segment, seal) => database.sqlInWorkspace(segment.workspaceId, (sql) => prune(sql, segment, seal)),
  };
}

const prunedSegments = `select workspace_id, first_seq, last_seq, first_at, last_at, encode(prev_hash, 'hex') as prev_hash, encode(last_hash, 'hex') as last_hash,
        pruned_at, public_key, signature
   from audit_segment where workspace_id = $1 order by last_seq`;

/** From the oldest row of a chain on, so that one row is looked at where there is nothing to prune. */
const endsBefore = `select w.id as workspace_id, first.seq as first_seq, encode(first.prev_hash, 'hex') as prev_hash, last.seq as last_seq, encode(last.hash, 'hex') as last_hash
   from workspace w
   cross join lateral (select seq, at, prev_hash from audit_event a where a.workspace_id = w.id order by seq limit 1) first
   cross join lateral (select max(seq) as seq from audit_event a where a.workspace_id = w.id) head
   cross join lateral (select coalesce(min(seq), head.seq) as seq from audit_event a where a.workspace_id = w.id and a.at >= $1) kept
   join audit_event last on last.workspace_id = w.id and last.seq = least(kept.seq, head.seq) - 1
  where first.at < $1 order by w.id`;

async function prune(sql: Sql, { workspaceId, firstSeq, lastSeq, lastHash }: AuditSegmentEnds, seal: SegmentSeal): Promise<number> {
  try {
    const values = [lastSeq, lastHash, seal.prunedAt, seal.publicKey, seal.signature];
    const { rows } = await sql.query("select audit_prune($1, $2, $3, $4, $5) as removed", values);
    const object = { kind: "audit_segment", id: String(lastSeq) };
    await appendAudit(sql, workspaceId, { action: "audit.pruned", object, detail: { firstSeq, lastSeq } });
    return rows[0]!["removed"] as number;
  } catch (error) {
    if ((error as { code?: unknown }).code !== brokenChain) throw error;
    throw new AppError("conflict", "A row of the audit log is not what it was when it was written. Nothing was pruned", { cause: error });
  }
}

const endsOf = (row: DbRow): AuditSegmentEnds => ({
  workspaceId: row["workspace_id"],
  firstSeq: Number(row["first_seq"]),
  lastSeq: Number(row["last_seq"]),
  prevHash: row["prev_hash"],
  lastHash: row["last_hash"],
});

const sealOf = (row: DbRow): Omit<AuditSegment, keyof AuditSegmentEnds> => ({
  firstAt: row["first_at"],
  lastAt: row["last_at"],
  prunedAt: row["pruned_at"],
  publicKey: row["public_key"],
  signature: row["signature"],
});
