import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMigrations } from "./migration-list.ts";
import { migrateInChild, testDatabase, type TestDatabase } from "../testing/test-database.ts";

describe("migrate", () => {
  let server: TestDatabase;
  let ownerUrl: string;
  let names: readonly string[];
  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  beforeAll(async () => {
    names = (await readMigrations()).migrationDirectories.map(({ path }) => path);
    server = await testDatabase();
    const name = `${new URL(server.ownerUrl).pathname.slice(1)}_empty`;
    await query(server.ownerUrl, `create database ${name}`);
    ownerUrl = server.ownerUrl.replace(/[^/]+$/, name);
  });
  afterAll(async () => {
    await query(server.ownerUrl, `drop database ${new URL(ownerUrl).pathname.slice(1)} with (force)`);
    await server.drop();
  });

  it("is applied once when three processes start together, and again changes nothing", async () => {
    const output = await Promise.all([1, 2, 3].map(() => migrateInChild(ownerUrl)));
    expect(output.filter((text) => text.startsWith("Applied"))).toHaveLength(1);
    expect(await migrateInChild(ownerUrl)).toBe("The database is up to date.\n");
    expect(await query(ownerUrl, "select count(*)::int as applied from _prisma_migrations where finished_at is not null")).toEqual([
      { applied: names.length },
    ]);
  });

  it("leaves what the server keeps of a password as it was, for poolers that keep it too", async () => {
    const verifiers = () =>
      query(
        ownerUrl,
        "select rolname, rolpassword from pg_authid where rolname in ('rollcall_app', 'rollcall_limited', 'rollcall_system') order by rolname",
      );
    const before = await verifiers();
    expect(before.filter(({ rolpassword }) => rolpassword?.startsWith("SCRAM-SHA-256$4096:"))).toHaveLength(3);
    await migrateInChild(ownerUrl);
    expect(await verifiers()).toEqual(before);
    // The server of these tests trusts nobody: who signs in has proved the password.
    expect(await query(server.appUrl, "show timezone")).toEqual([{ TimeZone: "UTC" }]);
  });

  it("starts over when a migration was cut off before its transaction committed", async () => {
    // What kill -9 leaves: the ledger's row is there, nothing of the script is.
    await query(
      ownerUrl,
      "drop schema public cascade; drop schema rollcall_queue cascade; create schema public; grant usage on schema public to public",
    );
    await query(
      ownerUrl,
      `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
      logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`,
    );
    await query(ownerUrl, "insert into _prisma_migrations (id, checksum, migration_name) values ('1', 'x', '20261121000000_init')");
    expect(await migrateInChild(ownerUrl)).toBe(`Applied ${names.join(", ")}.\n`);
  });

  it("refuses a database that a newer version migrated", async () => {
    await query(ownerUrl, "update _prisma_migrations set migration_name = '29990101000000_future' where finished_at is not null");
    await expect(migrateInChild(ownerUrl)).rejects.toThrow(/migrated by a newer Rollcall/);
  });
});
