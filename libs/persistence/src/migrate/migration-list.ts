import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList, SchemaContainer } from "@prisma/schema-engine-wasm";

const prismaFolder = fileURLToPath(new URL("../../../../prisma", import.meta.url));
export const migrationsFolder = join(prismaFolder, "migrations");

/** Prisma's own layout: `<timestamp>_<name>/migration.sql` beside a lock file that names the provider. */
export async function readMigrations(folder: string = migrationsFolder): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockfile = await readFile(join(folder, "migration_lock.toml"), "utf8").catch(() => null);
  return { baseDir: folder, lockfile: { path: "migration_lock.toml", content: lockfile }, shadowDbInitScript: "", migrationDirectories };
}

export async function readSchema(): Promise<SchemaContainer[]> {
  const models = (await readdir(join(prismaFolder, "models"))).sort().map((name) => join(prismaFolder, "models", name));
  return Promise.all(
    [join(prismaFolder, "schema.prisma"), ...models].map(async (path) => ({ path, content: await readFile(path, "utf8") })),
  );
}
