import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Job, JobHandlers, JobQueue } from "@rollcall/posture-pipeline";
import { createLogger } from "@rollcall/platform";
import type { QueueConfig } from "../backend.ts";
import { createJobQueue } from "../job-queue.ts";
import type { ClosableJobQueue } from "../job-queue.ts";
import { startOutboxRelay } from "../outbox-relay.ts";
import { startWorkers } from "../workers.ts";
import type { RunningWorkers } from "../workers.ts";
import { idleHandlers } from "./idle-handlers.ts";

const analyse = (workspaceId: string): Job => ({ name: "analyse-workspace", payload: { workspaceId, syncId: null } });

async function until(condition: () => boolean, withinMs = 15_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("The expected state did not come.");
    await pause(20);
  }
}

/** A process of its own, ready to take jobs. */
async function hangingWorker(config: QueueConfig): Promise<{ readonly child: ChildProcess; says(line: string): Promise<void> }> {
  const main = join(import.meta.dirname, "hanging-worker-main.ts");
  const child = spawn(process.execPath, ["--no-warnings", main, JSON.stringify(config)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const says = (line: string): Promise<void> => until(() => said.includes(`${line}\n`), 30_000);
  await says("ready");
  return { child, says };
}

interface Rig {
  queue: ClosableJobQueue;
  workers: RunningWorkers;
  readonly parked: { name: string; message: string }[];
  analyseHandler: (workspaceId: string, attempt: number) => Promise<void>;
}

/** Every back end of the queue passes the same suite. `open` gives a namespace of its own. */
export function queueConformance(title: string, open: () => Promise<{ config: QueueConfig; close(): Promise<void> }>): void {
  describe(`queue on ${title}`, () => {
    let backing: Awaited<ReturnType<typeof open>>;
    let rig: Rig;
    beforeAll(async () => {
      backing = await open();
      const parked: Rig["parked"] = [];
      rig = { parked, analyseHandler: async () => {}, queue: undefined as never, workers: undefined as never };
      const handlers: JobHandlers = {
        ...idleHandlers,
        "analyse-workspace": ({ workspaceId }, { attempt }) => rig.analyseHandler(workspaceId, attempt),
      };
      rig.workers = await startWorkers(
        {
          ...backing.config,
          logger: createLogger("test", { level: "silent" }),
          onParked: async (job, error) => void parked.push({ name: job.name, message: error.message }),
        },
        handlers,
      );
      rig.queue = await createJobQueue(backing.config);
    });
    beforeEach(() => {
      rig.analyseHandler = async () => {};
    });
    afterAll(async () => {
      await rig.queue?.close();
      await rig.workers?.close();
      await backing?.close();
    });

    it("runs a job with the ids it was given, within a second", async () => {
      const seen: string[] = [];
      rig.analyseHandler = async (id) => void seen.push(id);
      const id = randomUUID();
      await rig.queue.enqueue(analyse(id));
      await until(() => seen.length > 0, 5_000);
      expect(seen).toEqual([id]);
    });

    it("refuses a payload that is not ids", async () => {
      const job = { name: "analyse-workspace", payload: { workspaceId: "everything", syncId: null } } as unknown as Job;
      await expect(rig.queue.enqueue(job)).rejects.toThrow();
      const extra = { name: "analyse-workspace", payload: { workspaceId: randomUUID(), syncId: null, secret: "x" } } as unknown as Job;
      await expect(rig.queue.enqueue(extra)).rejects.toThrow();
    });

    it("never runs one workspace twice at once, and keeps exactly one more for afterwards", async () => {
      const id = randomUUID();
      let [running, most, runs] = [0, 0, 0];
      let release: () => void = () => {};
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      rig.analyseHandler = async () => {
        running += 1;
        most = Math.max(most, running);
        runs += 1;
        if (runs === 1) await gate;
        running -= 1;
      };
      await rig.queue.enqueue(analyse(id));
      await until(() => runs === 1);
      for (let i = 0; i < 5; i++) await rig.queue.enqueue(analyse(id));
      release();
      await until(() => runs === 2);
      await pause(500);
      expect({ runs, most }).toEqual({ runs: 2, most: 1 });
    });

    it("tries again after a failure, then parks the job and tells why", async () => {
      const attempts: number[] = [];
      rig.analyseHandler = async (_, attempt) => {
        attempts.push(attempt);
        throw new Error("the source said no");
      };
      await rig.queue.enqueue(analyse(randomUUID()));
      await until(() => rig.parked.length > 0, 30_000);
      expect(attempts).toEqual([1, 2, 3]);
      expect(rig.parked[0]).toEqual({ name: "analyse-workspace", message: "the source said no" });
    });

    it("delivers what the outbox announces, also when the queue was away the first time", async () => {
      const seen: string[] = [];
      rig.analyseHandler = async (id) => void seen.push(id);
      const rows = [
        { id: "1", job: analyse(randomUUID()) },
        { id: "2", job: analyse(randomUUID()) },
      ];
      let away = true;
      const flaky: JobQueue = {
        enqueue: (job) => {
          if (away) {
            away = false;
            throw new Error("away");
          }
          return rig.queue.enqueue(job);
        },
      };
      const outbox = {
        pending: async () => [...rows],
        acknowledge: async (ids: readonly string[]) => void rows.splice(0, rows.length, ...rows.filter((r) => !ids.includes(r.id))),
      };
      const relay = startOutboxRelay(outbox, flaky, { logger: createLogger("test", { level: "silent" }), everyMs: 20 });
      await until(() => seen.length === 2);
      await relay.close();
      expect(rows).toEqual([]);
    });

    it("gives the job of a worker that was killed to another", async () => {
      const config = { ...backing.config, namespace: `${backing.config.namespace ?? "queue"}_killed`, lockMs: 2_000 };
      const worker = await hangingWorker(config);
      const queue = await createJobQueue(config);
      const id = randomUUID();
      await queue.enqueue(analyse(id));
      await worker.says(`took ${id}`);
      worker.child.kill("SIGKILL");
      await once(worker.child, "exit");
      const resumed: string[] = [];
      const handlers: JobHandlers = {
        ...idleHandlers,
        "analyse-workspace": async ({ workspaceId }) => void resumed.push(workspaceId),
      };
      const others = await startWorkers({ ...config, logger: createLogger("test", { level: "silent" }) }, handlers);
      try {
        await until(() => resumed.length > 0, 30_000);
        // And not twice: while it ran elsewhere, nobody else was given it.
        await queue.enqueue(analyse(randomUUID()));
        await until(() => resumed.length > 1);
        expect(resumed.filter((workspaceId) => workspaceId === id)).toEqual([id]);
      } finally {
        await others.close();
        await queue.close();
      }
    });

    it("finishes the job in hand before it closes", async () => {
      let finished = false;
      rig.analyseHandler = async () => {
        await pause(300);
        finished = true;
      };
      let started = false;
      const inner = rig.analyseHandler;
      rig.analyseHandler = async (...args) => {
        started = true;
        await inner(...args);
      };
      await rig.queue.enqueue(analyse(randomUUID()));
      await until(() => started);
      await rig.workers.close();
      expect(finished).toBe(true);
    });
  });
}
