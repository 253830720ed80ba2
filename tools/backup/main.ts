import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { acquireInstanceLock, AppError, startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";
import { startDataPlane } from "../start/data-plane.ts";
import { runScript } from "../start/run-script.ts";
import { readBackup } from "./read-backup.ts";
import { writeBackup } from "./write-backup.ts";

const root = dirname(dirname(import.meta.dirname));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Past row-level security where the database is our own; the operator's connection otherwise. */
const urlOf = (embedded: EmbeddedPostgres | null, given: string): string =>
  embedded === null ? given : embedded.url("rollcall", embedded.credentials.adminUser, embedded.credentials.adminPassword);

async function backup(file: string, dataDir: string): Promise<void> {
  const given = process.env["DATABASE_URL"];
  const keyFile = join(dataDir, "keys", "root.key");
  const rootKey = process.env["ROLLCALL_SECRET"] ?? (existsSync(keyFile) ? readFileSync(keyFile, "utf8").trim() : undefined);
  if (rootKey === undefined || (!given && !existsSync(join(dataDir, "postgres"))))
    throw new AppError("not_found", `There is no Rollcall in ${dataDir}. Name its folder with --data DIR.`);
  // A running instance keeps its database; a stopped one is started for as long as this takes.
  const embedded = given ? null : await startEmbeddedPostgres({ dataDir });
  try {
    const { tables, rows } = await writeBackup(file, { url: urlOf(embedded, given ?? ""), rootKey });
    say(
      `${file}: ${rows} rows of ${tables} tables. The root key and the keys of credentials are not in it: keep ${join(dataDir, "keys")} in another place.`,
    );
  } finally {
    if (embedded?.adopted === false) await embedded.stop();
  }
}

async function restore(file: string, dataDir: string): Promise<void> {
  if (!existsSync(file)) throw new AppError("not_found", `There is no file ${file}.`);
  mkdirSync(dataDir, { recursive: true });
  const lock = acquireInstanceLock(dataDir);
  try {
    const { env, embedded } = await startDataPlane(dataDir, process.env, () => {});
    try {
      const args = ["--experimental-wasm-modules", join(root, "libs", "persistence", "src", "migrate-main.ts")];
      await runScript("the migration", { args, cwd: root, env: { ...process.env, ...env } });
      const rootKey = env["ROLLCALL_SECRET"] ?? "";
      const { rows, createdAt, sameKey } = await readBackup(file, { url: urlOf(embedded, env["DATABASE_URL"] ?? ""), rootKey });
      say(`Restored ${rows} rows of ${createdAt}.`);
      if (!sameKey)
        say(
          "The root key is another one than at the backup: the inventory is complete; sessions, passwords' second factors, API keys and secret fingerprints of before are unusable. Sign in with the link of the next start and make new keys.",
        );
    } finally {
      await embedded?.stop();
    }
  } finally {
    lock.release();
  }
}

try {
  const { values, positionals } = parseArgs({ options: { data: { type: "string" } }, allowPositionals: true });
  const [action, file] = positionals;
  if ((action !== "backup" && action !== "restore") || file === undefined || positionals.length !== 2)
    throw new AppError("invalid_input", "Say rollcall backup FILE or rollcall restore FILE [--data DIR].");
  const dataDir = resolve(values.data ?? (process.env["ROLLCALL_DATA_DIR"] || join(root, ".data")));
  await (action === "backup" ? backup : restore)(resolve(file), existsSync(dataDir) ? realpathSync(dataDir) : dataDir);
} catch (error) {
  process.stderr.write(
    `rollcall: ${error instanceof AppError || process.env["ROLLCALL_DEBUG"] === undefined ? (error as Error).message : (error as Error).stack}\n`,
  );
  process.exit(error instanceof AppError && error.code === "invalid_input" ? 2 : 3);
}
process.exit(0);
