import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres.ts";
import { readPostmaster } from "./postmaster-pid.ts";

let dataDir: string;
let running: EmbeddedPostgres | null = null;

beforeEach(() => {
  // mkdtemp folders are closed to other users: as root this is the hard case.
  dataDir = mkdtempSync(join(tmpdir(), "rollcall-embedded-"));
});
afterEach(async () => {
  await running?.stop();
  running = null;
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ dataDir, durable: false });
  return running;
}

async function stop(): Promise<void> {
  await running?.stop();
  running = null;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket.destroy() !== null));
    socket.once("error", () => resolve(false));
  });
}

test("creates once, keeps password and data across starts", async () => {
  const first = await start();
  expect(first).toMatchObject({ created: true, adopted: false });
  expect(await isListening(first.port)).toBe(true);
  expect(statSync(join(dataDir, "credentials.json")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dataDir, "logs", "postgres.log"), "utf8")).not.toContain(first.credentials.adminPassword);
  await stop();
  expect(await isListening(first.port)).toBe(false);
  const second = await start();
  expect(second).toMatchObject({ created: false, adopted: false });
  expect(second.credentials).toEqual(first.credentials);
});

test("takes over a server whose parent was killed, and stops it", async () => {
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))};
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false }); console.log("up"); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => parent.stdout.once("data", resolve));
  parent.kill("SIGKILL");
  const pid = readPostmaster(join(dataDir, "postgres"))!.pid;
  const taken = await start();
  expect(taken.adopted).toBe(true);
  expect(readPostmaster(join(dataDir, "postgres"))!.pid).toBe(pid);
  await stop();
  expect(() => process.kill(pid, 0)).toThrow();
});

test("a stale postmaster.pid that names a live, unrelated process is set aside", async () => {
  await start();
  await stop();
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  writeFileSync(pidFile, `${process.ppid}\n${join(dataDir, "postgres")}\n1\n5432\n\n\n\nready\n`);
  expect((await start()).adopted).toBe(false);
  expect(existsSync(`${pidFile}.stale`)).toBe(true);
  await stop();
  process.kill(process.ppid, 0);
});

test("recovers after the server was killed", async () => {
  const first = await start();
  process.kill(readPostmaster(join(dataDir, "postgres"))!.pid, "SIGKILL");
  await first.exited;
  running = null;
  expect((await start()).created).toBe(false);
});

test("refuses another version's cluster, a foreign folder and lost credentials, and touches none of them", async () => {
  await start();
  await stop();
  const versionFile = join(dataDir, "postgres", "PG_VERSION");
  writeFileSync(versionFile, "16\n");
  await expect(start()).rejects.toThrow(/created by PostgreSQL 16/);
  writeFileSync(versionFile, "18\n");
  rmSync(join(dataDir, "credentials.json"));
  await expect(start()).rejects.toThrow(/credentials\.json is missing/);
  expect(existsSync(join(dataDir, "postgres", "base"))).toBe(true);
  rmSync(join(dataDir, "postgres"), { recursive: true });
  mkdirSync(join(dataDir, "postgres"));
  writeFileSync(join(dataDir, "postgres", "thesis.doc"), "mine");
  await expect(start()).rejects.toThrow(/is not empty/);
  expect(readFileSync(join(dataDir, "postgres", "thesis.doc"), "utf8")).toBe("mine");
});

test("an interrupted first start leaves nothing that stops the next one", async () => {
  const half = join(dataDir, "postgres.new-abandoned");
  mkdirSync(half);
  chmodSync(half, 0o700);
  writeFileSync(join(half, "PG_VERSION"), "18\n");
  expect((await start()).created).toBe(true);
  expect(existsSync(half)).toBe(false);
});
