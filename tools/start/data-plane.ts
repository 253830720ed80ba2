import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError, startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";
import { runtimeUrls } from "@rollcall/persistence";

/** Where the processes find their data, as environment variables. */
export interface DataPlane {
  readonly env: Readonly<Record<string, string>>;
  /** For the migration only. */
  readonly migrationEnv: Readonly<Record<string, string>>;
  readonly embedded: EmbeddedPostgres | null;
}

export async function startDataPlane(dataDir: string, env: NodeJS.ProcessEnv, note: (text: string) => void): Promise<DataPlane> {
  const key = env["ROLLCALL_ROOT_KEY"] || rootKey(dataDir);
  const redis: Record<string, string> = env["REDIS_URL"] ? { REDIS_URL: env["REDIS_URL"] } : {};
  const external = env["DATABASE_OWNER_URL"] || env["DATABASE_URL"];
  const embedded = external ? null : await startEmbeddedPostgres({ dataDir, onStep: note });
  if (external) note(env["DATABASE_OWNER_URL"] ? "using DATABASE_OWNER_URL" : "using DATABASE_URL");
  const ownerUrl = external || embedded!.ownerUrl;
  const { appUrl, systemUrl } = runtimeUrls(ownerUrl, key);
  return {
    embedded,
    env: { DATABASE_URL: appUrl, DATABASE_SYSTEM_URL: systemUrl, ROLLCALL_ROOT_KEY: key, ...redis },
    migrationEnv: { DATABASE_OWNER_URL: ownerUrl },
  };
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
