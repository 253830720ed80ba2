import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError, startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";

/** Where the processes find their data, as environment variables. */
export interface DataPlane {
  readonly env: Readonly<Record<string, string>>;
  readonly embedded: EmbeddedPostgres | null;
}

/** The operator's servers where the environment names them, the built-in PostgreSQL otherwise. */
export async function startDataPlane(dataDir: string, env: NodeJS.ProcessEnv, note: (text: string) => void): Promise<DataPlane> {
  const secret = env["ROLLCALL_SECRET"] || rootKey(dataDir);
  const redis: Record<string, string> = env["REDIS_URL"] ? { REDIS_URL: env["REDIS_URL"] } : {};
  if (env["DATABASE_URL"]) {
    note("using DATABASE_URL");
    const pool: Record<string, string> = env["DATABASE_POOL_URL"] ? { DATABASE_POOL_URL: env["DATABASE_POOL_URL"] } : {};
    return { embedded: null, env: { DATABASE_URL: env["DATABASE_URL"], ROLLCALL_SECRET: secret, ...pool, ...redis } };
  }
  const embedded = await startEmbeddedPostgres({ dataDir, onStep: note });
  return { embedded, env: { DATABASE_URL: embedded.ownerUrl, ROLLCALL_SECRET: secret, ...redis } };
}

/** Beside the database, not in it: a database backup alone opens nothing. */
function rootKey(dataDir: string): string {
  const folder = join(dataDir, "keys");
  const path = join(folder, "root.key");
  if (existsSync(path)) {
    const key = readFileSync(path, "utf8").trim();
    if (/^[0-9a-f]{64}$/i.test(key)) return key;
    throw new AppError("precondition_failed", `${path} is damaged. Restore it from your backup.`);
  }
  if (existsSync(join(dataDir, "postgres"))) {
    throw new AppError(
      "precondition_failed",
      `${path} is missing, but there is a database beside it. Restore the file from your backup, or choose another folder with --data DIR.`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = randomBytes(32).toString("hex");
  writeFileSync(path, `${key}\n`, { mode: 0o600, flag: "wx" });
  return key;
}
