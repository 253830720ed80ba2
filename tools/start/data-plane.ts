import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError, startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";

/** Where the processes find their data, as environment variables. */
export interface DataPlane {
  readonly env: Readonly<Record<string, string>>;
  /** For the migration only. */
  readonly migrationEnv: Readonly<Record<string, string>>;
  readonly embedded: EmbeddedPostgres | null;
}

export async function startDataPlane(dataDir: string, env: NodeJS.ProcessEnv, note: (text: string) => void): Promise<DataPlane> {
  const shared = {
    ROLLCALL_ROOT_KEY: env["ROLLCALL_ROOT_KEY"] || rootKey(dataDir),
    ...(env["REDIS_URL"] ? { REDIS_URL: env["REDIS_URL"] } : {}),
  };
  if (env["DATABASE_URL"]) {
    note("using DATABASE_URL");
    const app = env["DATABASE_URL"];
    const owner = env["DATABASE_OWNER_URL"];
    const system = env["DATABASE_SYSTEM_URL"];
    if (!owner || !system) {
      throw new AppError(
        "invalid_input",
        "DATABASE_URL is set, so set DATABASE_OWNER_URL and DATABASE_SYSTEM_URL too: migrations and the scheduler use their own roles.",
      );
    }
    const urls = { DATABASE_URL: app, DATABASE_SYSTEM_URL: system };
    const admin = env["DATABASE_ADMIN_URL"];
    return {
      embedded: null,
      env: { ...urls, ...shared },
      migrationEnv: { ...urls, DATABASE_OWNER_URL: owner, ...(admin ? { DATABASE_ADMIN_URL: admin } : {}) },
    };
  }
  const embedded = await startEmbeddedPostgres({ dataDir, onStep: note });
  const { credentials } = embedded;
  const urls = {
    DATABASE_URL: embedded.url("rollcall", "rollcall_app", credentials.appPassword),
    DATABASE_SYSTEM_URL: embedded.url("rollcall", "rollcall_system", credentials.systemPassword),
  };
  const ownerUrl = embedded.url("rollcall", "rollcall_owner", credentials.ownerPassword);
  return {
    embedded,
    env: { ...urls, ...shared },
    migrationEnv: { ...urls, DATABASE_OWNER_URL: ownerUrl, DATABASE_ADMIN_URL: embedded.adminUrl },
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
