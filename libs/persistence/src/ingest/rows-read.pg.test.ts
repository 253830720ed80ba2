import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialOf, grantOf, identityOf } from "../testing/estate.ts";
import { IngestRig } from "../testing/ingest-rig.ts";
import { testDatabase, type TestDatabase } from "../testing/test-database.ts";

const day = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00.000Z`;
const many = 6_000;
const few = 60;

/** An estate whose first identities changed on the way. */
const estate = (size: number, changed = 0) =>
  Array.from({ length: size }, (_, at) => [
    identityOf(`ci-${at}`, { facts: { status: at < changed ? "disabled" : "active" } }),
    credentialOf(`ci-${at}`, `key-${at}`, { facts: { status: at < changed ? "inactive" : "active" } }),
    grantOf(`ci-${at}`, "admin"),
  ]).flat();

describe("what a listing reads", () => {
  let server: TestDatabase;
  beforeAll(async () => {
    server = await testDatabase();
  });
  afterAll(() => server?.drop());

  /** Connections tell what they read when they end. */
  const readBy = async (work: (rig: IngestRig) => Promise<unknown>): Promise<number> => {
    const total = async (): Promise<number> => {
      for (;;) {
        const [row] = await server.query(
          `select (select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend')::int as open,
                  sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as read from pg_stat_user_tables where relname in ('observation', 'identity', 'credential', 'access_grant')`,
        );
        if (row!["open"] === 0) return row!["read"] as number;
        await pause(50);
      }
    };
    const before = await total();
    const rig = new IngestRig(server);
    try {
      await work(rig);
    } finally {
      await rig.close();
    }
    return (await total()) - before;
  };

  it("grows with its source, and not with what other sources of the workspace state", async () => {
    let workspace = "";
    const run = (rig: IngestRig, asOf: string, account: string, size: number, changed = 0) =>
      rig.run({ asOf, account, observations: estate(size, changed) }, workspace);
    await readBy(async (rig) => {
      workspace = await rig.newWorkspace();
      await run(rig, day(1), "111122223333", many);
      await run(rig, day(1), "444455556666", few);
    });
    await server.query("analyze");
    // A tenth of a small source: of all that is stored that is next to nothing.
    const read = await readBy(async (rig) => {
      const { merged } = await run(rig, day(2), "444455556666", few, few / 10);
      expect(merged.identities).toBe(few / 10);
    });
    expect(read).toBeLessThan(many);
  });
});
