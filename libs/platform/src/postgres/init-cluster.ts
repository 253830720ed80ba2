import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "../app-error.ts";
import { randomToken } from "../crypto/random-token.ts";
import type { ClusterCredentials } from "./cluster-credentials.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { giveTo, type RunAs } from "./run-as.ts";

export interface InitClusterInput {
  readonly clusterDir: string;
  readonly binaries: PostgresBinaries;
  readonly as: RunAs;
  readonly credentials: ClusterCredentials;
  readonly database: string;
  readonly durable: boolean;
}

const stagingPrefix = "postgres.new-";

/** Refuses a folder that is there but is no database of this version; nothing in it is touched. */
export function clusterExists(clusterDir: string, majorVersion: string): boolean {
  if (!existsSync(clusterDir) || readdirSync(clusterDir).length === 0) return false;
  const versionFile = join(clusterDir, "PG_VERSION");
  if (!existsSync(versionFile)) {
    throw new AppError(
      "precondition_failed",
      `${clusterDir} is not empty and holds no PostgreSQL database. Choose another folder with --data DIR.`,
    );
  }
  const found = readFileSync(versionFile, "utf8").trim();
  if (found !== majorVersion) {
    throw new AppError(
      "precondition_failed",
      `${clusterDir} was created by PostgreSQL ${found} and this Rollcall brings PostgreSQL ${majorVersion}. Start the Rollcall that created it, or choose another folder with --data DIR.`,
    );
  }
  return true;
}

/** Built beside its place and moved there when complete, so that an interrupted first start leaves nothing half-made. */
export async function initCluster(input: InitClusterInput): Promise<void> {
  const parent = dirname(input.clusterDir);
  removeAbandonedStaging(parent);
  const staging = join(parent, `${stagingPrefix}${randomToken(6)}`);
  const passwordFile = `${staging}.pw`;
  mkdirSync(staging, { mode: 0o700 });
  writeFileSync(passwordFile, `${input.credentials.adminPassword}\n`, { mode: 0o600 });
  try {
    giveTo(staging, input.as.owner);
    giveTo(passwordFile, input.as.owner);
    // The built-in provider gives the same sort order on every machine, whatever locales are installed.
    await run(input, input.binaries.initdb, [
      `--pgdata=${staging}`,
      `--username=${input.credentials.adminUser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(input.durable ? [] : ["--no-sync"]),
    ]);
    await run(input, input.binaries.postgres, ["--single", "-j", "-D", staging, "postgres"], firstStatements(input));
    if (existsSync(input.clusterDir)) rmSync(input.clusterDir, { recursive: false, force: false });
    renameSync(staging, input.clusterDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Only folders an interrupted `initCluster` left: they never held data. */
function removeAbandonedStaging(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (name.startsWith(stagingPrefix)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/** Single-user mode needs no client. The database has an owner who is no superuser: row-level security binds even the owner. */
function firstStatements({ credentials, database }: InitClusterInput): string {
  const statements = [
    `CREATE ROLE ${credentials.ownerUser} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '${credentials.ownerPassword}'`,
    `CREATE DATABASE ${database} OWNER ${credentials.ownerUser}`,
    "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC",
  ];
  // With -j a statement ends at a semicolon and an empty line.
  return statements.map((statement) => `${statement};\n\n`).join("");
}

function run(input: InitClusterInput, program: string, args: readonly string[], stdin = ""): Promise<void> {
  const { file, args: fullArgs } = input.as.command(program, args);
  return new Promise((resolve, reject) => {
    const child = spawn(file, fullArgs, {
      ...input.as.spawnOptions,
      cwd: "/",
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C", LANG: "C" },
    });
    let output = "";
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString("utf8")).slice(-8000));
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.stdin.on("error", () => {
      // The program ended before it read everything; its exit code says why.
    });
    child.stdin.end(stdin);
    // Single-user mode reports a failed statement in its output and still exits with 0.
    child.once("close", (code) => (code === 0 && !/\b(ERROR|FATAL|PANIC):/.test(output) ? resolve() : reject(initError(output))));
  });
}

function initError(output: string): AppError {
  if (output.includes("No space left on device"))
    return new AppError("unavailable", "The disk is full. Free at least 200 MB and start again.", { detail: output });
  const lines = output.trim().split("\n");
  const reason = lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? "no output";
  return new AppError("internal", `PostgreSQL could not create its database: ${reason.trim()}`, { detail: output });
}
