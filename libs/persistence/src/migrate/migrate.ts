import pg from "pg";
import { AppError } from "@rollcall/platform";
import { ensureRoles, grantDatabase } from "./roles.ts";
import { readMigrations } from "./migration-list.ts";
import { lockWaitMs, openSchemaEngine, type ScriptFailure } from "./schema-engine.ts";

const lockName = "rollcall migrate";

/**
 * Brings the database of `ownerUrl` up to date and returns the names of the migrations applied; several processes may start at once.
 * Safe to run again at any point. Needs `node --experimental-wasm-modules` only when there is something to apply.
 */
export async function migrate(ownerUrl: string, rootKey: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`set lock_timeout = ${lockWaitMs}`);
    await client.query("select pg_advisory_lock(hashtext($1))", [lockName]).catch((error: unknown) => {
      throw new AppError(
        "unavailable",
        "Another process has been migrating this database for a minute. Stop it or wait, then start again.",
        { cause: error },
      );
    });
    await ensureRoles(ownerUrl, rootKey);
    await grantDatabase(ownerUrl);
    const migrationsList = await readMigrations();
    const pending = await pendingMigrations(
      client,
      migrationsList.migrationDirectories.map((directory) => directory.path),
    );
    if (pending.length === 0) return [];
    const failures: ScriptFailure[] = [];
    const { engine } = await openSchemaEngine(ownerUrl, (failure) => void failures.push(failure));
    try {
      // A script is one transaction that marks itself finished, so one without that mark left nothing behind.
      for (const migrationName of await interruptedMigrations(client)) await engine.markMigrationRolledBack({ migrationName });
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: { externalTables: [], externalEnums: [] },
      });
      return appliedMigrationNames;
    } catch (error) {
      throw failures[0] === undefined ? error : explained(failures[0]);
    } finally {
      engine.free();
    }
  } finally {
    await client.end();
  }
}

function explained({ script, error }: ScriptFailure): AppError {
  const said = error instanceof Error ? error.message : String(error);
  const locked = (error as { code?: unknown }).code === "55P03";
  return new AppError(
    "unavailable",
    locked
      ? `The migration ${script} waited a minute for a table that another process is using. Stop the other Rollcall processes, then start again.`
      : `The migration ${script} failed and changed nothing: ${said}.`,
    { cause: error },
  );
}

/** Prisma's own ledger, read first so that an ordinary start does not load the engine. */
async function pendingMigrations(client: pg.Client, names: readonly string[]): Promise<readonly string[]> {
  const ledger = await client.query("select to_regclass('public._prisma_migrations') as name");
  if (ledger.rows[0].name === null) return names;
  const { rows } = await client.query(
    "select migration_name, finished_at is not null and rolled_back_at is null as done from _prisma_migrations",
  );
  const done = new Set(rows.filter((row) => row.done).map((row) => row.migration_name));
  const unknown = [...done].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new AppError(
      "precondition_failed",
      `This database was migrated by a newer Rollcall (${unknown[0]}). Start that version, or restore a backup made before the upgrade.`,
    );
  }
  return names.filter((name) => !done.has(name));
}

async function interruptedMigrations(client: pg.Client): Promise<readonly string[]> {
  const ledger = await client.query("select to_regclass('public._prisma_migrations') as name");
  if (ledger.rows[0].name === null) return [];
  const { rows } = await client.query("select migration_name from _prisma_migrations where finished_at is null and rolled_back_at is null");
  return rows.map((row) => row.migration_name as string);
}
