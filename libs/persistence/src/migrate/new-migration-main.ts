import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestPostgres } from "@rollcall/platform/testing";
import { migrationsFolder, readMigrations } from "./migration-list.ts";
import { ensureRoles } from "./roles.ts";
import { openSchemaEngine } from "./schema-engine.ts";

/** Writes the SQL between the migrations so far and the Prisma schema; policies, grants and functions are added to it by hand. */
const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write("usage: npm -w @rollcall/persistence run migration -- <snake_case_name>\n");
  process.exit(2);
}
const postgres = await startTestPostgres();
try {
  // The earlier migrations are replayed into a scratch database, and they grant to these roles.
  await ensureRoles(postgres.adminUrl, "00".repeat(32));
  const { engine, files } = await openSchemaEngine(postgres.adminUrl);
  const filters = { externalTables: ["public._prisma_migrations"], externalEnums: [] };
  // The migrations so far make the starting point in a throwaway database; the schema files are where to go.
  await engine.applyMigrations({ migrationsList: await readMigrations(), filters });
  const list = await readMigrations();
  const before =
    list.migrationDirectories.length === 0
      ? ({ tag: "empty" } as const)
      : ({
          tag: "schemaDatamodel",
          files: (
            await engine.introspect({
              schema: { files },
              baseDirectoryPath: list.baseDir,
              force: true,
              compositeTypeDepth: 0,
              namespaces: null,
            })
          ).schema.files,
        } as const);
  const { stdout } = await engine.diff({ from: before, to: { tag: "schemaDatamodel", files }, script: true, exitCode: null, filters });
  const timestamp = new Date().toISOString().replace(/[-:T]/g, "").slice(0, 14);
  const folder = join(migrationsFolder, `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), stdout ?? "");
  await writeFile(join(migrationsFolder, "migration_lock.toml"), 'provider = "postgresql"\n');
  process.stdout.write(`${join(folder, "migration.sql")}\n`);
} finally {
  await postgres.stop();
}
process.exit(0);
