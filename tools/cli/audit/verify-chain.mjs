import { createHash } from "node:crypto";
import { isSignedBy } from "./is-signed-by.mjs";

const part = (text) => {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** What the hash of a row must be: SHA-256 over length-prefixed previous hash, workspace, number, time and body. */
export function hashOf({ workspaceId, seq, at, body }, prevHash) {
  return createHash("sha256")
    .update(part(Buffer.from(prevHash, "hex")))
    .update(part(workspaceId))
    .update(part(String(seq)))
    .update(part(at))
    .update(part(body))
    .digest("hex");
}

export const firstPrevHash = "00".repeat(32);

const segmentText = ({ workspaceId, firstSeq, lastSeq, prevHash, lastHash, prunedAt }) =>
  `rollcall-audit-segment/v1\n${workspaceId}\n${firstSeq}\n${lastSeq}\n${prevHash}\n${lastHash}\n${prunedAt}`;

/** Checks rows as they come, oldest first, and remembers the hashes that checkpoints speak of. */
export class ChainVerifier {
  constructor(checkpoints = []) {
    this.rows = 0;
    /** Rows that are known by the signed ends of their segments only. */
    this.pruned = 0;
    this.last = null;
    /** First thing that is wrong: { seq, reason }. */
    this.broken = null;
    this.checkpoints = new Map(checkpoints.map((checkpoint) => [checkpoint.seq, checkpoint]));
    this.newestCheckpoint = checkpoints.reduce((newest, { seq }) => Math.max(newest, seq), 0);
  }

  /**
   * What was pruned, oldest first, before any row: the chain goes on where it ends. `publicKey` is whose signature it must carry; without one,
   * that of the first.
   */
  addSegment(segment, publicKey = (this.signer ??= segment.publicKey)) {
    if (this.broken !== null) return false;
    if (segment.firstSeq !== (this.last?.seq ?? 0) + 1) return this.fail((this.last?.seq ?? 0) + 1, "is missing from what was pruned");
    if (!isSignedBy(publicKey, segment, segmentText(segment)))
      return this.fail(segment.firstSeq, "begins a pruned segment without a valid signature");
    if (segment.prevHash !== (this.last?.hash ?? firstPrevHash))
      return this.fail(segment.firstSeq, "begins a pruned segment that does not follow the one before it");
    const checkpoint = this.checkpoints.get(segment.lastSeq);
    if (checkpoint !== undefined && checkpoint.hash !== segment.lastHash)
      return this.fail(segment.lastSeq, `ends a pruned segment that differs from the checkpoint signed at ${checkpoint.at}`);
    this.last = { workspaceId: segment.workspaceId, seq: segment.lastSeq, hash: segment.lastHash };
    this.pruned = segment.lastSeq;
    return true;
  }

  /** False once the chain is broken: what follows proves nothing. */
  add(row) {
    if (this.broken !== null) return false;
    const expectedSeq = (this.last?.seq ?? 0) + 1;
    const expectedPrev = this.last?.hash ?? firstPrevHash;
    if (this.last !== null && row.workspaceId !== this.last.workspaceId) return this.fail(row.seq, "belongs to another workspace");
    if (row.seq !== expectedSeq) return this.fail(expectedSeq, `is missing (the next row is number ${row.seq})`);
    if (row.prevHash !== expectedPrev) return this.fail(row.seq, "does not follow the row before it");
    if (hashOf(row, expectedPrev) !== row.hash) return this.fail(row.seq, "was changed after it was written");
    const checkpoint = this.checkpoints.get(row.seq);
    if (checkpoint !== undefined && checkpoint.hash !== row.hash)
      return this.fail(row.seq, `differs from the checkpoint signed at ${checkpoint.at}`);
    this.last = row;
    this.rows += 1;
    return true;
  }

  /** After the last row: a checkpoint beyond it shows that the end was cut off. */
  finish() {
    if (this.broken === null && this.newestCheckpoint > (this.last?.seq ?? 0)) {
      this.fail((this.last?.seq ?? 0) + 1, `is missing: a checkpoint was signed for row ${this.newestCheckpoint}`);
    }
    return this.broken;
  }

  fail(seq, reason) {
    this.broken = { seq, reason };
    return false;
  }
}
