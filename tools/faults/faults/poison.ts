import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { until } from "../wait.ts";

/** So often a job may take its worker down. */
const attempts = 3;
/** Within this another run of the same workspace has to be done, while the crashes go on. */
const otherLimitMs = 60_000;

/** F10: one record that cannot be stored, and one run that takes its worker down each time. */
export const poison: Fault = {
  id: "F10",
  title: "poison record quarantined, crashing job parked",
  repeats: 3,
  run: async (rig) => [...(await badRecord(rig)), ...(await crashingJob(rig))],
};

async function badRecord({ client, checker, tag, settle }: FaultRig): Promise<string[]> {
  const account = `f10-${tag}`;
  const bad = JSON.stringify({
    kind: "identity",
    ref: `bot/${tag}-bad`,
    identityKind: "bot",
    name: "bad",
    provider: "x",
    facts: { createdAt: "+300000-01-01" },
  });
  const mixed = await client.deliver(deliveryOf({ account, key: `${account}-a`, names: namesOf(`${tag}-p`, 499), extraLines: [bad] }));
  await settle();
  const stored = await checker.count("identity i join source s on s.id = i.source_id where s.account like '%' || $1", [account]);
  const quarantined = await checker.count(
    "sync y join source s on s.id = y.source_id where s.account like '%' || $1 and y.rejected_total = 1 and y.rejected->0->>'code' is not null",
    [account],
  );
  return mixed?.status === 202 && stored === 499 && quarantined === 1
    ? []
    : [`of 499 good and 1 bad record ${stored} are stored and ${quarantined} runs name one with its reason`];
}

async function crashingJob({ instance, client, checker, tag, settle, note }: FaultRig): Promise<string[]> {
  const account = `f10-${tag}`;
  const broken: string[] = [];
  await instance.stopWorkers();
  const crashing = await client.deliver(
    deliveryOf({ account: `${account}-crash`, key: `${account}-c`, names: namesOf(`${tag}-c`, 3_000) }),
  );
  const syncId = (JSON.parse(crashing?.body ?? "{}") as { syncs: { id: string }[] }).syncs[0]!.id;
  const statusOf = async (): Promise<string> =>
    (await checker.query<{ status: string }>("select status from sync where id = $1", [syncId]))[0]?.status ?? "";
  // The queue calls a job active for as long as its dead worker's lease holds; the epoch says that a living one has taken it.
  let kills = 0;
  const other = deliveryOf({ account: `${account}-other`, key: `${account}-o`, names: namesOf(`${tag}-o`, 5) });
  const otherStored = (): Promise<boolean> =>
    checker
      .count("identity i join source s on s.id = i.source_id where s.account like '%' || $1", [`${account}-other`])
      .then((stored) => stored === other.refs.length);
  let otherMs: Promise<number> | null = null;
  const taken = (): Promise<boolean> =>
    checker.count("sync where id = $1 and epoch > $2 and status = 'running' and phase <> 'analysing'", [syncId, kills]).then((n) => n > 0);
  while (kills < 6) {
    instance.startWorker();
    const caught = await until(async () => (await taken()) || ["failed", "completed"].includes(await statusOf()), 40_000, 10);
    if (!caught || ["failed", "completed"].includes(await statusOf())) break;
    await instance.killWorkers();
    kills += 1;
    if (kills > 1) continue;
    await client.deliver(other);
    // Beside the crashes that follow: how long they take says nothing about this one.
    otherMs = millisUntil(otherStored, otherLimitMs);
  }
  if (instance.workers.length === 0) instance.startWorker();
  const doneMs = await otherMs;
  await settle();
  const said = doneMs === null ? "another was never sent" : `another was done ${(doneMs / 1_000).toFixed(1)} s after the first crash`;
  note(`the crashing run ended ${await statusOf()} after ${kills} crashes; ${said}`);
  if ((await statusOf()) !== "failed" || kills !== attempts)
    broken.push(`a run that took its worker down is ${await statusOf()} after ${kills} crashes, not parked after ${attempts}`);
  if (doneMs === null || doneMs > otherLimitMs || !(await otherStored()))
    broken.push("another run of the workspace did not go on within 60 s");
  // It was parked on purpose: what it acknowledged is kept in the run, not in the inventory.
  client.acknowledged.delete(`${account}-c`);
  return broken;
}

/** Infinity when it did not come true in time. */
async function millisUntil(condition: () => Promise<boolean>, limitMs: number): Promise<number> {
  const since = performance.now();
  return (await until(condition, limitMs, 100)) ? performance.now() - since : Infinity;
}
