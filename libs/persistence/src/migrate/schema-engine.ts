import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { readMigrations, readSchema } from "./migration-list.ts";

/** Longer than any of our own transactions lasts; a start that waits without end looks like one that hangs. */
export const lockWaitMs = 60_000;

/**
 * Prisma's migration engine as WASM. Loaded on demand: only processes started with --experimental-wasm-modules can import it. Of a script
 * that fails it says only that something failed: what PostgreSQL said is told to `onFailure`.
 */
export async function openSchemaEngine(ownerUrl: string, onFailure: (failure: ScriptFailure) => void = printFailure) {
  const { SchemaEngine } = await import("@prisma/schema-engine-wasm");
  const files = await readSchema();
  const adapter = bindMigrationAwareSqlAdapterFactory(await atomicScripts(ownerUrl, onFailure));
  const engine = await SchemaEngine.new({ datamodels: files.map((file) => [file.path, file.content]) }, () => {}, adapter);
  return { engine, files };
}

export interface ScriptFailure {
  readonly script: string;
  readonly error: unknown;
}

const printFailure = ({ script, error }: ScriptFailure): void =>
  void process.stderr.write(`${script}: ${error instanceof Error ? error.message : String(error)}\n`);

/**
 * The stock adapter cuts a script at every semicolon and runs the pieces one by one: that breaks function bodies and leaves half a
 * migration behind when the process dies. Here a script is one implicit transaction, and it marks itself finished inside it.
 */
async function atomicScripts(ownerUrl: string, onFailure: (failure: ScriptFailure) => void): Promise<PrismaPg> {
  const { migrationDirectories } = await readMigrations();
  const nameByScript = new Map(migrationDirectories.map((directory) => [directory.migrationFile.content.value, directory.path]));
  const factory = new PrismaPg({ connectionString: ownerUrl, max: 2, options: `-c lock_timeout=${lockWaitMs}` });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const pool = adapter.underlyingDriver();
    adapter.executeScript = async (script: string): Promise<void> => {
      const name = nameByScript.get(script);
      const finish =
        name === undefined
          ? ""
          : `;\nUPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE migration_name = '${name}' AND rolled_back_at IS NULL`;
      await pool.query(`${script}${finish}`).catch((error: unknown) => {
        onFailure({ script: name ?? "a script", error });
        throw error;
      });
    };
    return adapter;
  };
  return factory;
}
