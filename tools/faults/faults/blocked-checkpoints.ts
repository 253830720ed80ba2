import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, rmSync, statSync, symlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { cannotMount } from "../small-disk.ts";
import { until } from "../wait.ts";

const requestLimitMs = 2_000;
const saidWithinMs = 90_000;
const stopsWithinMs = 8_000;

interface Sick {
  readonly what: string;
  /** Makes the place at `path` sick; what has to be undone later. */
  readonly make: (path: string) => () => void;
}

const unreadPipe = (path: string): void => void execFileSync("mkfifo", [path]);

const pipes: readonly Sick[] = [
  {
    what: "a pipe that nobody reads",
    make: (path) => {
      unreadPipe(path);
      return () => {};
    },
  },
  {
    what: "a pipe whose reader stopped",
    make: (path) => {
      unreadPipe(path);
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      const page = Buffer.alloc(4096);
      try {
        for (;;) writeSync(writer, page);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      }
      return () => {
        closeSync(writer);
        closeSync(reader);
      };
    },
  },
];

/** F18: checkpoints of the audit log cannot be written. Nobody waits for them, it is said, and the log in the database is complete. */
export const blockedCheckpoints: Fault = {
  id: "F18",
  title: "checkpoints of the audit log that hang",
  repeats: 3,
  // Of the logs' disk only: it stands for a disk of its own, to which a link leads.
  disks: { dataMegabytes: 640, logMegabytes: 8 },
  unavailable: cannotMount,
  run: async (rig) => {
    const broken: string[] = [];
    for (const sick of [...pipes, fullDisk(rig)]) broken.push(...(await tried(rig, sick)));
    return [...broken, ...(await deleted(rig))];
  },
};

const fullDisk = ({ instance }: FaultRig): Sick => ({
  what: "a full disk",
  make: (path) => {
    const elsewhere = join(instance.logDisk!.folder, "checkpoints.ndjson");
    rmSync(elsewhere, { force: true });
    symlinkSync(elsewhere, path);
    instance.logDisk!.fill();
    return () => instance.logDisk!.free();
  },
});

const pathOf = ({ instance }: FaultRig): string => join(instance.dataDir, "audit-checkpoints.ndjson");

const said = async ({ instance }: FaultRig): Promise<string | undefined> =>
  ((await (await fetch(`${instance.url}/readyz`)).json()) as { checks: { auditCheckpoints?: string } }).checks.auditCheckpoints;

async function tried(rig: FaultRig, { what, make }: Sick): Promise<string[]> {
  const { instance, client, tag, settle, note } = rig;
  const broken: string[] = [];
  const path = pathOf(rig);
  await instance.stopWorkers();
  rmSync(path, { force: true });
  const undo = make(path);
  const worker = instance.startWorker();
  const failing = await until(async () => (await said(rig)) === "failing", saidWithinMs);
  if (!failing) broken.push(`${what}: /readyz says ${await said(rig)}`);
  let longest = 0;
  for (let index = 0; index < 5; index += 1) {
    const key = `f18-${tag}-${what.replaceAll(" ", "-")}-${index}`;
    const started = performance.now();
    const reply = await client.once(deliveryOf({ account: `f18-${tag}`, key, names: namesOf(key, 20) }));
    longest = Math.max(longest, performance.now() - started);
    if (reply?.status !== 202) broken.push(`${what}: a delivery ended with ${reply?.status ?? "no answer"}`);
  }
  await settle();
  if (!worker.alive) broken.push(`${what}: the worker ended (${await worker.exited})`);
  const stopping = performance.now();
  await instance.stopWorkers();
  const stopped = performance.now() - stopping;
  if ((await worker.exited) !== "exit code 0") broken.push(`${what}: the worker did not stop by itself but by ${await worker.exited}`);
  note(`${what}: requests took at most ${Math.round(longest)} ms, the worker stopped within ${Math.round(stopped)} ms`);
  if (longest > requestLimitMs || stopped > stopsWithinMs) broken.push(`${what}: somebody waited for the checkpoints`);
  undo();
  rmSync(path, { force: true });
  instance.startWorker();
  if (!(await until(async () => (await said(rig)) === "ok", saidWithinMs))) broken.push(`${what}: it is still said although it is over`);
  return broken;
}

/** A file that somebody deletes is there again with the next checkpoint, which covers everything before it. */
async function deleted(rig: FaultRig): Promise<string[]> {
  const { instance, client, tag, settle } = rig;
  const path = pathOf(rig);
  await until(() => Promise.resolve(statSync(path, { throwIfNoEntry: false }) !== undefined), saidWithinMs);
  rmSync(path, { force: true });
  await client.deliver(deliveryOf({ account: `f18-${tag}`, key: `f18-${tag}-deleted`, names: namesOf(`${tag}-deleted`, 5) }));
  await settle();
  await instance.stopWorkers();
  const lines = statSync(path, { throwIfNoEntry: false }) === undefined ? [] : readFileSync(path, "utf8").trimEnd().split("\n");
  instance.startWorker();
  return lines.length > 0 && lines.every((line) => (JSON.parse(line) as { v: number }).v === 1)
    ? []
    : [`a deleted file holds ${lines.length} lines after the next checkpoint`];
}
