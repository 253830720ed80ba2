import { createHash, randomBytes } from "node:crypto";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startTestPostgres } from "@rollcall/platform/testing";
import { readMigrations } from "../migrate/migration-list.ts";
import { grantDatabase, runtimeUrls, type RuntimeUrls } from "../migrate/roles.ts";

/** One root key for all tests: the roles belong to the whole server, so every database on it derives the same passwords. */
export const testRootKey = "7e".repeat(32);

export interface TestDatabase extends RuntimeUrls {
  /** Superuser: for planting faults and for looking past row-level security. */
  readonly ownerUrl: string;
  /** As the superuser, for tests of other libs that look at what was stored. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** Named after what is in it, so that a server that outlives an edit of the migrations gets a new one. */
async function currentTemplate(): Promise<string> {
  const digest = createHash("sha256")
    .update(JSON.stringify(await readMigrations()))
    .digest("hex")
    .slice(0, 12);
  return `rollcall_template_${digest}`;
}

/**
 * A database of this test file's own, cloned from a migrated template. Uses the running throwaway server of ROLLCALL_TEST_PG_URL or
 * ROLLCALL_TEST_ADMIN_URL, or starts one.
 */
export async function testDatabase(
  options: { /** For tests that change roles, which other databases of a server share. */ readonly ownServer?: boolean } = {},
): Promise<TestDatabase> {
  const external = options.ownServer === true ? undefined : (process.env["ROLLCALL_TEST_PG_URL"] ?? process.env["ROLLCALL_TEST_ADMIN_URL"]);
  const own = external === undefined ? await startTestPostgres() : null;
  const adminUrl = external ?? own!.adminUrl;
  const name = `rollcall_test_${randomBytes(6).toString("hex")}`;
  const templateName = await currentTemplate();
  await onServer(adminUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('rollcall test template'))");
    await ensureTemplate(client, adminUrl, templateName);
    await client.query(`create database ${name} template ${templateName}`);
  });
  const ownerUrl = databaseUrl(adminUrl, name);
  await grantDatabase(ownerUrl);
  return {
    ownerUrl,
    ...runtimeUrls(ownerUrl, testRootKey),
    query: async (text, values = []) => {
      let rows: readonly Record<string, unknown>[] = [];
      await onServer(ownerUrl, async (client) => {
        rows = (await client.query(text, [...values])).rows;
      });
      return rows;
    },
    drop: async () => {
      await onServer(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
      await own?.stop();
    },
  };
}

async function ensureTemplate(client: pg.Client, adminUrl: string, templateName: string): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1 and datistemplate", [templateName]);
  if (rowCount === 1) return;
  await client.query(`drop database if exists ${templateName}`);
  await client.query(`create database ${templateName}`);
  await migrateInChild(databaseUrl(adminUrl, templateName));
  await client.query(`alter database ${templateName} with is_template true`);
}

/** The migration engine needs a flag that a test runner does not pass, so it runs as operators run it. */
export async function migrateInChild(ownerUrl: string): Promise<string> {
  const main = fileURLToPath(new URL("../migrate-main.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", "--experimental-wasm-modules", main], {
    env: { ...process.env, DATABASE_URL: ownerUrl, ROLLCALL_SECRET: testRootKey },
  });
  return stdout;
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

async function onServer(adminUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
