import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, startEmbeddedPostgres } from "@rollcall/platform";
import { Child } from "../faults/child-process.ts";
import { measure } from "./measure.ts";
import { printTable, times } from "./report.ts";

const root = join(import.meta.dirname, "..", "..");
const limitMs = 600_000;

/** From the command to the printed link, against starting nothing but PostgreSQL on a folder of the same kind. */
export async function benchStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-start-"));
  // The server runs as another user when started by root, and has to reach its folder below this one.
  chmodSync(folder, 0o711);
  try {
    // The first start of a checkout builds the dashboard: that is not what is measured.
    await started(join(folder, "built")).then((child) => child.stop());
    const bare = join(folder, "bare");
    mkdirSync(bare);
    const first = await measure(() => startEmbeddedPostgres({ dataDir: bare, durable: true }));
    await first.value.stop();
    const again = await measure(() => startEmbeddedPostgres({ dataDir: bare, durable: true }));
    await again.value.stop();
    const data = join(folder, "data");
    const cold = await measure(() => started(data));
    await cold.value.stop();
    const warm = await measure(() => started(data));
    await killAll(warm.value);
    const crashed = await measure(() => started(data));
    await crashed.value.stop();
    printTable("Start to ready (no demonstration data)", [
      { what: "PostgreSQL alone, new folder (baseline)", wallMs: first.wallMs },
      { what: "PostgreSQL alone, existing folder (baseline)", wallMs: again.wallMs },
      { what: "Rollcall, new folder", wallMs: cold.wallMs, ratio: times(cold.wallMs, first.wallMs, "PostgreSQL"), note: "promised: 10 s" },
      { what: "Rollcall, existing folder", wallMs: warm.wallMs, ratio: times(warm.wallMs, again.wallMs, "PostgreSQL") },
      {
        what: "Rollcall after kill -9 of all its processes",
        wallMs: crashed.wallMs,
        ratio: times(crashed.wallMs, again.wallMs, "PostgreSQL"),
        note: "promised: 20 s",
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function started(data: string): Promise<Child> {
  mkdirSync(data, { recursive: true });
  const logFile = `${data}.log`;
  writeFileSync(logFile, "");
  const args = [join(root, "tools/start/main.ts"), "--empty", "--port", String(await freePort()), "--data", data];
  const child = new Child({
    args,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production" },
    cwd: root,
    logFile,
  });
  const endsAt = Date.now() + limitMs;
  while (!readFileSync(logFile, "utf8").includes("Rollcall is ready: ")) {
    if (!child.alive || Date.now() > endsAt) throw new Error(`the instance did not start:\n${readFileSync(logFile, "utf8").slice(-1500)}`);
    await pause(20);
  }
  return child;
}

/** It and everything that it started, the database too, as when the machine loses power. */
async function killAll(instance: Child): Promise<void> {
  const parents = globSync("/proc/[0-9]*/stat").flatMap((path) => {
    try {
      const [, pid, parent] = /^(\d+) \(.*\) \S (\d+)/s.exec(readFileSync(path, "utf8")) ?? [];
      return [[Number(pid), Number(parent)] as const];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
  const descendants = (of: number): readonly number[] =>
    parents.flatMap(([pid, parent]) => (parent === of ? [pid, ...descendants(pid)] : []));
  const all = [instance.pid, ...descendants(instance.pid)];
  for (const pid of all) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // The first of them took it along.
    }
  }
  await instance.exited;
}
