import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pg from "pg";
import { createStores } from "@rollcall/persistence";
import { testDatabase, testRootKey } from "@rollcall/persistence/testing";
import { actAs, auditSigner, createLogger, systemClock } from "@rollcall/platform";
import { writeCheckpoints } from "../../../apps/worker/src/audit-checkpoints.ts";
import { lineFile } from "../../../apps/worker/src/line-file.ts";
import { readCheckpoints } from "./read-checkpoints.mjs";
import { ChainVerifier } from "./verify-chain.mjs";

const rowCount = 24;

describe("the audit chain", () => {
  let server;
  let stores;
  let owner;
  let workspaceId;
  let scratch;
  let checkpointFile;
  beforeAll(async () => {
    server = await testDatabase();
    stores = createStores(server);
    owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    scratch = mkdtempSync(join(tmpdir(), "rollcall-audit-"));
    checkpointFile = join(scratch, "audit-checkpoints.ndjson");
    workspaceId = await stores.accounts.ensureWorkspace("Test");
    const person = { kind: "person", id: "u1", name: 'Ada, "the" first\né', requestId: "r1" };
    // All at once: the order is whatever the lock gave, the numbers have no gap.
    await actAs(person, () =>
      Promise.all(
        Array.from({ length: rowCount }, (_, index) =>
          stores.audit.append(workspaceId, {
            action: "test.done",
            object: { kind: "thing", id: `t${index}` },
            detail: { index, nested: { b: 1, a: [null, "x"] } },
          }),
        ),
      ),
    );
    const signer = auditSigner(testRootKey);
    const logger = createLogger("test", { level: "silent" });
    await writeCheckpoints({ audit: stores.audit, signer, clock: systemClock, logger, append: lineFile(checkpointFile) }, new Map(), 0);
  });
  afterAll(async () => {
    rmSync(scratch, { recursive: true, force: true });
    await owner?.end();
    await stores?.close();
    await server?.drop();
  });

  const verdict = (rows, checkpoints = []) => {
    const verifier = new ChainVerifier(checkpoints);
    for (const row of rows) if (!verifier.add(row)) break;
    return verifier.finish();
  };
  const records = () => stores.audit.records(workspaceId, 0, 1000);

  it("numbers concurrent rows without a gap and verifies, independently of the database's own hashing", async () => {
    const rows = await records();
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: rowCount }, (_, index) => index + 1));
    expect(verdict(rows, readCheckpoints(checkpointFile))).toBeNull();
    expect(JSON.parse(rows[0].body)).toMatchObject({ actorKind: "person", actorId: "u1", requestId: "r1", action: "test.done" });
  });

  it("shows every flipped character, lost, swapped and renumbered row", async () => {
    const rows = await records();
    const changed = (index, change) => rows.map((row, at) => (at === index ? { ...row, ...change } : row));
    for (const index of [0, 7, rowCount - 1]) {
      const row = rows[index];
      for (let at = 0; at < row.body.length; at += 1) {
        const flipped = row.body.slice(0, at) + String.fromCodePoint(row.body.charCodeAt(at) ^ 1) + row.body.slice(at + 1);
        expect(verdict(changed(index, { body: flipped }))).toMatchObject({ seq: index + 1 });
      }
      expect(verdict(changed(index, { at: "2026-01-01T00:00:00.000000Z" }))).toMatchObject({ seq: index + 1 });
      expect(verdict(changed(index, { workspaceId: "0190b0a0-0000-7000-8000-000000000001" }))).not.toBeNull();
    }
    expect(verdict(rows.filter((row) => row.seq !== 9))).toMatchObject({ seq: 9 });
    expect(verdict(rows.with(3, rows[4]).with(4, rows[3]))).toMatchObject({ seq: 4 });
    expect(verdict(rows.filter((row) => row.seq !== 5).map((row, index) => ({ ...row, seq: index + 1 })))).toMatchObject({ seq: 5 });
  });

  it("needs the checkpoint to see a cut tail or a chain written anew, and then sees it", async () => {
    const rows = await records();
    const cut = rows.slice(0, rowCount - 3);
    expect(verdict(cut)).toBeNull();
    expect(verdict(cut, readCheckpoints(checkpointFile))).toMatchObject({ seq: rowCount - 2 });
    const forged = readFileSync(checkpointFile, "utf8").replace(/"seq":\d+/, '"seq":2');
    const forgedFile = join(scratch, "forged.ndjson");
    writeFileSync(forgedFile, forged);
    expect(() => readCheckpoints(forgedFile)).toThrow(/signature in line 1/);
    expect(() => readCheckpoints(checkpointFile, auditSigner("11".repeat(32)).publicKey)).toThrow(/signature/);
  });

  it("cannot be changed by either runtime role, and tampering by the owner is found", async () => {
    for (const url of [server.appUrl, server.systemUrl]) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query("select set_config('app.workspace_id', $1, false)", [workspaceId]);
      for (const statement of ["update audit_event set body = ''", "delete from audit_event", "truncate audit_event"])
        await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
      await client.end();
    }
    await owner.query("begin");
    await owner.query("alter table audit_event no force row level security");
    const changed = await owner.query(
      "update audit_event set body = replace(body, '\"t3\"', '\"t4\"') where object_id = 't3' returning seq",
    );
    await owner.query("commit");
    expect(changed.rowCount).toBe(1);
    expect(verdict(await records())).toMatchObject({ seq: Number(changed.rows[0].seq), reason: "was changed after it was written" });
    await owner.query("update audit_event set body = replace(body, '\"t4\"', '\"t3\"') where object_id = 't3'");
    await owner.query("alter table audit_event force row level security");
    expect(verdict(await records())).toBeNull();
  });

  it("lists newest first, by filter and page", async () => {
    const first = await stores.audit.list(workspaceId, { filter: { action: "test.done" }, limit: 10 });
    expect(first.items.map((row) => row.seq)).toEqual(Array.from({ length: 10 }, (_, index) => rowCount - index));
    const second = await stores.audit.list(workspaceId, { filter: { action: "test.done" }, limit: 10, cursor: first.nextCursor });
    expect(second.items[0]?.seq).toBe(rowCount - 10);
    expect((await stores.audit.list(workspaceId, { filter: { objectId: "t5" }, limit: 10 })).items).toHaveLength(1);
    expect(await stores.audit.actions(workspaceId)).toContain("test.done");
  });
});
