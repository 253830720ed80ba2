import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askInterleaved, makeWorkspaces } from "../testing/interleaved.ts";
import { testDatabase, type TestDatabase } from "../testing/test-database.ts";
import { createDatabase, type Database } from "./database.ts";

/** `ISOLATION_REQUESTS=100000` asks as often as a day of a busy instance would; it takes minutes. */
const requests = Number(process.env["ISOLATION_REQUESTS"] ?? 600);

describe("workspace isolation", () => {
  let server: TestDatabase;
  let database: Database;
  let workspaces: readonly string[] = [];
  beforeAll(async () => {
    server = await testDatabase();
    // One connection: every request reuses the connection of another workspace, the worst case for a leaking setting.
    database = createDatabase({ ...server, maxConnections: 1 });
    workspaces = await makeWorkspaces(database, 200);
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it("gives each of 200 interleaved workspaces exactly its own rows on one connection", { timeout: 60_000 + requests * 20 }, async () => {
    expect(await askInterleaved(database, workspaces, requests)).toEqual([]);
  });

  it("shows nothing outside a workspace, nor after one on the same connection", async () => {
    await database.sqlInWorkspace(workspaces[0]!, async (sql) => expect((await sql.query("select 1 from ingestion")).rowCount).toBe(1));
    await database.sqlInWorkspace(randomUUID(), async (sql) => expect((await sql.query("select 1 from ingestion")).rowCount).toBe(0));
  });

  it("refuses to write into another workspace, and rolls the whole transaction back", async () => {
    const [mine, theirs] = workspaces as [string, string];
    await expect(
      database.withWorkspace(mine, async (tx) => {
        await tx.ingestion.create({ data: { workspaceId: mine, origin: "import", files: ["lost"] } });
        await tx.ingestion.create({ data: { workspaceId: theirs, origin: "import", files: ["planted"] } });
      }),
    ).rejects.toThrow(/row-level security|42501/);
    const files = await database.withWorkspace(mine, (tx) => tx.ingestion.findMany());
    expect(files.map((row) => row.files)).toEqual([[mine]]);
  });

  it("waits for the server through seconds of computing, in a thread that says it computes", async () => {
    const computing = createDatabase({ ...server, maxConnections: 1, computes: true });
    try {
      const asked = computing.sqlInWorkspace(workspaces[0]!, (sql) => sql.query("select 1 from ingestion"));
      // Once the connection is on its way, nothing of this thread runs for longer than any other would wait.
      await pause(1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
      expect(await asked).toMatchObject({ rowCount: 1 });
    } finally {
      await computing.close();
    }
  });

  it("takes an absent value in a condition for an error, not for every row", async () => {
    const absent = undefined as unknown as string;
    await expect(database.withSystem((tx) => tx.workspace.findFirst({ where: { id: absent } }))).rejects.toThrow(/undefined/);
    await expect(database.withSystem((tx) => tx.workspace.deleteMany({ where: { id: absent } }))).rejects.toThrow(/undefined/);
  });

  it("keeps the system role out of the inventory and the application role out of auth", async () => {
    await expect(database.sqlInSystem((sql) => sql.query("select 1 from identity"))).rejects.toThrow(/permission denied/);
    await expect(database.sqlInWorkspace(workspaces[0]!, (sql) => sql.query("select 1 from auth_user"))).rejects.toThrow(
      /permission denied/,
    );
  });

  it("refuses to start on a role that row-level security does not bind", async () => {
    await expect(database.assertRuntimeRoles()).resolves.toBeUndefined();
    const unbound = createDatabase({ appUrl: server.ownerUrl, systemUrl: server.systemUrl });
    await expect(unbound.assertRuntimeRoles()).rejects.toThrow(/could read every workspace/);
    await unbound.close();
  });

  it("survives the end of a connection between two statements of a transaction", async () => {
    const ended = database.sqlInWorkspace(workspaces[0]!, async (sql) => {
      const { rows } = await sql.query("select pg_backend_pid() as pid");
      await server.query("select pg_terminate_backend($1)", [rows[0].pid]);
      await pause(300);
      await sql.query("select 1");
    });
    await expect(ended).rejects.toMatchObject({ code: "unavailable" });
    await database.sqlInWorkspace(workspaces[0]!, async (sql) => expect((await sql.query("select 1")).rowCount).toBe(1));
  });

  it("has the server end a transaction that stands still, and says so", async () => {
    const impatient = createDatabase({ ...server, idleTransactionMillis: 150 });
    const frozen = impatient.sqlInWorkspace(workspaces[0]!, async (sql) => {
      await sql.query("update ingestion set files = files");
      await pause(600);
      await sql.query("select 1");
    });
    // Another waits for its lock no longer than that.
    await pause(50);
    await database.sqlInWorkspace(workspaces[0]!, (sql) => sql.query("update ingestion set files = files"));
    await expect(frozen).rejects.toMatchObject({ code: "unavailable" });
    await impatient.close();
  });

  it("gives up on a server that does not answer long before it gives up on a busy pool", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const url = new URL(server.appUrl);
    url.port = String((silent.address() as { port: number }).port);
    const lost = createDatabase({ ...server, appUrl: url.toString() });
    const busy = database.sqlInWorkspace(workspaces[0]!, () => pause(3_000).then(() => "free"));
    const waiting = database.sqlInWorkspace(workspaces[1]!, async () => "served");
    await expect(lost.sqlInWorkspace(workspaces[0]!, async () => 1)).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 2 });
    expect(await Promise.race([waiting, busy, Promise.resolve("still waiting")])).toBe("still waiting");
    expect(await waiting).toBe("served");
    await lost.close();
    silent.close();
  });

  it("treats a malformed workspace id like an unknown one", async () => {
    await expect(database.sqlInWorkspace("1' or '1", async () => 1)).rejects.toMatchObject({ code: "not_found" });
  });
});
