import { createLogger } from "@rollcall/platform";
import type { Job } from "@rollcall/posture-pipeline";
import { expect, test } from "vitest";
import { startOutboxRelay, type Outbox } from "./outbox-relay.ts";

const logger = createLogger("test", { level: "silent" });
/** Longer than the test may take: what is delivered was delivered because somebody said so. */
const everyMs = 60_000;
const job = (syncId: string): Job => ({ name: "ingest-sync", payload: { workspaceId: "w", syncId } });

/** Rows, and the connections that heard of them. */
function rig() {
  const rows: { id: string; job: Job }[] = [];
  const ears: { onWrite: () => void; onLost: () => void; closed: boolean }[] = [];
  const taken: string[] = [];
  let refuse = 0;
  const outbox: Outbox = {
    pending: async () => [...rows],
    acknowledge: async (ids) => void rows.splice(0, rows.length, ...rows.filter(({ id }) => !ids.includes(id))),
    listen: async (onWrite, onLost) => {
      if (refuse-- > 0) throw new Error("the database is away");
      const ear = { onWrite, onLost, closed: false };
      ears.push(ear);
      return { close: async () => void (ear.closed = true) };
    },
  };
  return {
    outbox,
    ears,
    taken,
    refuseNext: () => void (refuse = 1),
    write: (id: string) => void rows.push({ id, job: job(id) }),
    queue: { enqueue: async ({ payload }: Job) => void taken.push((payload as { syncId: string }).syncId) },
  };
}

test("what is written is handed over at once, not at the next tick", async () => {
  const { outbox, ears, taken, write, queue } = rig();
  const relay = startOutboxRelay(outbox, queue, { logger, everyMs });
  await expect.poll(() => ears.length).toBe(1);
  write("a");
  ears[0]!.onWrite();
  await expect.poll(() => taken).toEqual(["a"]);
  await relay.close();
  expect(ears[0]!.closed).toBe(true);
});

test("what is written while a delivery is under way is not left for the next tick", async () => {
  const { outbox, ears, taken, write, queue } = rig();
  const slow = {
    enqueue: async (given: Job) => {
      await queue.enqueue(given);
      if (taken.length > 1) return;
      write("b");
      ears[0]!.onWrite();
    },
  };
  write("a");
  const relay = startOutboxRelay(outbox, slow, { logger, everyMs });
  await expect.poll(() => taken).toEqual(["a", "b"]);
  await relay.close();
});

test("after a lost connection, and one that could not be made, it listens again", async () => {
  const { outbox, ears, taken, write, queue, refuseNext } = rig();
  const relay = startOutboxRelay(outbox, queue, { logger, everyMs: 5 });
  await expect.poll(() => ears.length).toBe(1);
  refuseNext();
  ears[0]!.onLost();
  await expect.poll(() => ears.length).toBe(2);
  await relay.close();
  expect(ears.map(({ closed }) => closed)).toEqual([false, true]);
  write("late");
  ears[1]!.onWrite();
  expect(taken).toEqual([]);
});
