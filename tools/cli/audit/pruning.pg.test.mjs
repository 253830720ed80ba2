import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import pg from "pg";
import { createStores } from "@rollcall/persistence";
import { testDatabase, testRootKey } from "@rollcall/persistence/testing";
import { auditSigner, createLogger, systemClock } from "@rollcall/platform";
import { pruneAuditLogs } from "../../../apps/worker/src/audit-retention.ts";
import { ChainVerifier, firstPrevHash, hashOf } from "./verify-chain.mjs";

const dayMillis = 86_400_000;
const signer = auditSigner(testRootKey);
const logger = createLogger("test", { level: "silent" });

describe("pruning the audit log", () => {
  let server;
  let stores;
  let owner;
  let workspaceId;
  beforeAll(async () => {
    server = await testDatabase();
    stores = createStores(server);
    owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    // Row-level security binds the owner too; here it plays somebody with the server in their hands.
    await owner.query("alter table audit_event no force row level security; alter table audit_segment no force row level security");
  });
  afterAll(async () => {
    await owner?.end();
    await stores?.close();
    await server?.drop();
  });
  /** A chain whose rows are so many days old. */
  const grow = async (ages) => {
    let prevHash = firstPrevHash;
    for (const [index, age] of ages.entries()) {
      const at = `${new Date(Date.now() - age * dayMillis).toISOString().slice(0, -1)}000Z`;
      const row = { workspaceId, seq: index + 1, at, body: JSON.stringify({ action: "test.done", index }) };
      const hash = hashOf(row, prevHash);
      await owner.query(
        `insert into audit_event (workspace_id, seq, at, actor_kind, actor_name, action, object_kind, body, prev_hash, hash)
         values ($1, $2, $3, 'system', 'Rollcall', 'test.done', 'thing', $4, decode($5, 'hex'), decode($6, 'hex'))`,
        [workspaceId, row.seq, at, row.body, prevHash, hash],
      );
      prevHash = hash;
    }
  };
  beforeEach(async () => {
    workspaceId = randomUUID();
    await owner.query("insert into workspace (id, name) values ($1, 'Test')", [workspaceId]);
  });
  const prune = (days) => pruneAuditLogs({ audit: stores.audit, signer, clock: systemClock, logger }, days);
  const verdict = async (key, segments) => {
    const verifier = new ChainVerifier();
    for (const segment of segments ?? (await stores.audit.segments(workspaceId))) verifier.addSegment(segment, key);
    for (const row of await stores.audit.records(workspaceId, 0, 1000)) verifier.add(row);
    return { broken: verifier.finish(), pruned: verifier.pruned, rows: verifier.rows };
  };

  it("removes whole months, says so in the log, and what is left verifies; again and again", async () => {
    await grow([900, 899, 700, 3, 2, 1]);
    await prune(800);
    expect(await verdict(signer.publicKey)).toEqual({ broken: null, pruned: 2, rows: 5 });
    await prune(800);
    await prune(400);
    expect(await verdict(signer.publicKey)).toEqual({ broken: null, pruned: 3, rows: 5 });
    const { items } = await stores.audit.list(workspaceId, { filter: { action: "audit.pruned" }, limit: 10 });
    expect(items.map(({ detail }) => detail)).toEqual([
      { firstSeq: 3, lastSeq: 3 },
      { firstSeq: 1, lastSeq: 2 },
    ]);
  });

  it("shows a segment that nobody signed, one that is gone, and rows cut off behind one", async () => {
    await grow([900, 800, 700, 2, 1]);
    await prune(850);
    await prune(400);
    const segments = await stores.audit.segments(workspaceId);
    expect(segments).toHaveLength(2);
    const other = auditSigner("11".repeat(32));
    expect((await verdict(other.publicKey)).broken).toMatchObject({ seq: 1 });
    expect((await verdict(undefined, [{ ...segments[0], lastSeq: 2 }])).broken).toMatchObject({ seq: 1 });
    expect((await verdict(signer.publicKey, segments.slice(1))).broken).toMatchObject({ seq: 1 });
    await owner.query("delete from audit_event where workspace_id = $1 and seq = 4", [workspaceId]);
    expect((await verdict(signer.publicKey)).broken).toMatchObject({ seq: 4 });
  });

  it("leaves the newest row, so that the numbers go on", async () => {
    await grow([900, 800]);
    await prune(400);
    expect((await stores.audit.records(workspaceId, 0, 10)).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it("keeps a chain that was tampered with: it is evidence", async () => {
    await grow([900, 800, 1]);
    await owner.query("update audit_event set body = '{}' where workspace_id = $1 and seq = 1", [workspaceId]);
    await prune(400);
    expect(await stores.audit.segments(workspaceId)).toEqual([]);
    expect((await verdict()).broken).toMatchObject({ seq: 1, reason: "was changed after it was written" });
  });

  it("nothing younger than 400 days goes, whoever asks", async () => {
    await grow([900, 399, 1]);
    const rows = await stores.audit.records(workspaceId, 0, 10);
    const seal = { prunedAt: new Date().toISOString(), publicKey: signer.publicKey, signature: "x" };
    const ends = { workspaceId, firstSeq: 1, lastSeq: 2, prevHash: firstPrevHash, lastHash: rows[1].hash };
    await expect(stores.audit.prune(ends, seal)).rejects.toThrow(/younger than 400 days/);
    await expect(stores.audit.prune({ ...ends, lastSeq: 3, lastHash: rows[2].hash }, seal)).rejects.toThrow(/newest/);
    await expect(stores.audit.prune({ ...ends, lastSeq: 1 }, seal)).rejects.toThrow(/not the one that was signed/);
    expect(await stores.audit.records(workspaceId, 0, 10)).toHaveLength(3);
  });
});
