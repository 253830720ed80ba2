import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestPooler, type TestPooler } from "@rollcall/platform/testing";
import { runtimeUrls } from "../migrate/roles.ts";
import { credentialOf, grantOf, identityOf } from "../testing/estate.ts";
import { IngestRig } from "../testing/ingest-rig.ts";
import { askInterleaved, makeWorkspaces } from "../testing/interleaved.ts";
import { testDatabase, testRootKey, type TestDatabase } from "../testing/test-database.ts";
import { createDatabase, type Database } from "./database.ts";

/** `ISOLATION_REQUESTS=100000` asks as often as a day of a busy instance would; it takes minutes. */
const requests = Number(process.env["ISOLATION_REQUESTS"] ?? 600);

// pgbouncer in transaction mode with one connection to the server: every transaction follows one of another workspace, of any of our connections.
describe("behind a pooler", () => {
  let server: TestDatabase;
  let pooler: TestPooler | null;
  let pooled: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    server = await testDatabase();
    // The pooler drops what a connection asks for at its start: the zone has to be the role's own.
    await server.query(`alter database ${new URL(server.ownerUrl).pathname.slice(1)} set timezone = 'Asia/Kolkata'`);
    const users = [server.appUrl, server.limitedUrl].map((url) => new URL(url));
    pooler = await startTestPooler(server.ownerUrl, users);
    if (pooler === null) return;
    pooled = { ...server, ...runtimeUrls(server.ownerUrl, testRootKey, pooler.url) };
    database = createDatabase({ ...pooled, maxConnections: 20 });
  });
  afterAll(async () => {
    await database?.close();
    await pooler?.stop();
    await server.drop();
  });
  const poolerIt = (name: string, work: () => Promise<void>, timeout = 60_000) =>
    it(name, { timeout }, async ({ skip }) => {
      skip(pooler === null, "this machine has no pgbouncer");
      await work();
    });

  poolerIt("leaves the connections of the system role alone: they listen", async () => {
    expect(pooled.systemUrl).toBe(server.systemUrl);
    expect(new URL(pooled.appUrl).port).not.toBe(new URL(server.appUrl).port);
  });

  poolerIt(
    "gives each of 200 interleaved workspaces exactly its own rows",
    async () => {
      await database.assertRuntimeRoles();
      const workspaces = await makeWorkspaces(database, 200);
      expect(await askInterleaved(database, workspaces, requests)).toEqual([]);
      expect(await database.sqlInWorkspace(workspaces[0]!, async (sql) => (await sql.query("select 1 from workspace")).rowCount)).toBe(1);
    },
    120_000 + requests * 20,
  );

  poolerIt("reads instants right on a server of another zone", async () => {
    const [workspace] = await makeWorkspaces(database, 1);
    const at = "2026-01-02T03:04:05.000Z";
    const read = await database.sqlInWorkspace(workspace!, async (sql) => (await sql.query(`select timestamptz '${at}' as at`)).rows[0].at);
    expect(read).toBe(at);
  });

  poolerIt("takes in listings of two workspaces in turn, and the same again changes nothing", async () => {
    const rig = new IngestRig(pooled);
    const listing = (day: number) => ({
      asOf: `2026-01-0${day}T00:00:00.000Z`,
      observations: [...["a", "b", "c"].map((name) => identityOf(name)), credentialOf("a", "key"), grantOf("a", "b")],
    });
    const [one, two] = [await rig.newWorkspace(), await rig.newWorkspace()];
    await Promise.all([rig.run(listing(1), one), rig.run(listing(1), two)]);
    const changes = "select count(*)::int as n from change";
    const before = await Promise.all([rig.rows(changes, one), rig.rows(changes, two)]);
    await Promise.all([rig.run(listing(2), one), rig.run(listing(2), two)]);
    expect(await Promise.all([rig.rows(changes, one), rig.rows(changes, two)])).toEqual(before);
    for (const id of [one, two])
      expect(await rig.rows("select name from identity order by name", id)).toMatchObject([{ name: "a" }, { name: "b" }, { name: "c" }]);
    await rig.close();
  });
});
