import { execFile, spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { promisify } from "node:util";
import { AppError } from "../app-error.ts";
import { isAlive } from "../process-identity.ts";
import { livePostmaster, readPostmaster, type Postmaster } from "./postmaster-pid.ts";
import { postgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import type { RunAs } from "./run-as.ts";

export interface PostgresServer {
  readonly port: number;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export interface SpawnServerInput {
  readonly clusterDir: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly as: RunAs;
  readonly settings: Readonly<Record<string, string>>;
  readonly port: number;
}

// Crash recovery of a large database may take a while; it is not an error.
const startLimitMs = 120_000;
const stopLimitMs = 30_000;

export async function spawnServer(input: SpawnServerInput): Promise<PostgresServer> {
  const settings = { ...input.settings, listen_addresses: "127.0.0.1", unix_socket_directories: "", port: String(input.port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { file, args } = input.as.command(input.binaries.postgres, ["-D", input.clusterDir, ...flags]);
  const log = openSync(input.logFile, "a", 0o600);
  const logStart = statSync(input.logFile).size;
  // Its own process group: Ctrl-C reaches Rollcall, which stops its parts in order, the database last.
  const child = spawn(file, args, {
    ...input.as.spawnOptions,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
    env: serverEnvironment(),
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const killOnExit = (): void => void child.kill("SIGINT");
  process.once("exit", killOnExit);
  void exited.then(() => process.off("exit", killOnExit));
  await untilReady(child, input, logStart);
  return { port: input.port, exited, stop: () => stop(child.pid!, input.clusterDir, exited) };
}

/** Takes over a server whose parent is gone. */
export async function adoptServer(clusterDir: string, found: Postmaster): Promise<PostgresServer> {
  const deadline = Date.now() + startLimitMs;
  let postmaster: Postmaster | null = found;
  while (!postmaster.ready) {
    if (Date.now() > deadline)
      throw new AppError("unavailable", `PostgreSQL (process ${found.pid}) is still recovering. Try again in a minute.`);
    await pause(200);
    postmaster = livePostmaster(clusterDir);
    if (postmaster === null)
      throw new AppError("unavailable", "The running PostgreSQL stopped while Rollcall was starting. Start Rollcall again.");
  }
  const { pid, port } = postmaster;
  const exited = (async () => {
    while (isAlive(pid)) await pause(1000, true);
  })();
  return { port, exited, stop: () => stop(pid, clusterDir, exited) };
}

/** Nothing of ours: the server's environment is readable by its operating-system user. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: Record<string, string> = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC" };
  return environment as NodeJS.ProcessEnv;
}

async function untilReady(child: ChildProcess, input: SpawnServerInput, logStart: number): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  let failure: Error | null = null;
  child.once("error", (error) => (failure = error));
  for (;;) {
    if (failure !== null) throw failure;
    const postmaster = readPostmaster(input.clusterDir);
    if (postmaster?.ready === true && postmaster.pid === child.pid) return;
    if (child.exitCode !== null || child.signalCode !== null) throw startError(input.logFile, logStart);
    if (Date.now() > deadline) {
      child.kill("SIGINT");
      throw startError(input.logFile, logStart);
    }
    await pause(25);
  }
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT leaves recovery to the next start, which is safe. */
async function stop(pid: number, clusterDir: string, exited: Promise<void>): Promise<void> {
  if (!isAlive(pid)) return;
  if (process.platform === "win32") {
    await promisify(execFile)(postgresBinaries().pgCtl, ["stop", "-m", "fast", "-D", clusterDir]);
    return;
  }
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + stopLimitMs;
  while (isAlive(pid) && Date.now() < deadline) await Promise.race([exited, pause(50)]);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT");
  while (isAlive(pid)) await pause(50);
}

function startError(logFile: string, logStart: number): AppError {
  const detail = readFrom(logFile, logStart);
  if (detail.includes("No space left on device")) {
    return new AppError(
      "unavailable",
      "PostgreSQL could not start: the disk is full. Free at least 200 MB and start again; the data is untouched.",
      { detail },
    );
  }
  const reason = detail.split("\n").find((line) => /FATAL|PANIC|error while loading/.test(line)) ?? "no reason given";
  return new AppError(
    "unavailable",
    `PostgreSQL did not start: ${reason.replace(/^.*?(FATAL|PANIC):\s*/, "").trim()} (more in ${logFile})`,
    { detail },
  );
}

function readFrom(path: string, start: number): string {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(16_384);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, buffer.length, start));
  } finally {
    closeSync(file);
  }
}

function pause(ms: number, background = false): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    if (background) timer.unref();
  });
}
