import { deliveryOf, namesOf, type Delivery } from "../deliveries.ts";
import type { Fault, FaultRig } from "../fault.ts";
import type { Reply } from "../push-client.ts";
import { cannotMount } from "../small-disk.ts";
import { pause, until } from "../wait.ts";

const list = "/api/v1/identities?limit=1";
const fullForMs = 20_000;
const recoveryLimitMs = 60_000;

/** F7: the disk of the logs is full, then that of the data folder, with senders that go on. */
export const fullDisk: Fault = {
  id: "F7",
  title: "disk full, logs and data",
  repeats: 3,
  disks: { dataMegabytes: 640, logMegabytes: 8 },
  unavailable: cannotMount,
  run: async (rig) => {
    const { client, tag } = rig;
    const first = await client.deliver(deliveryOf({ account: `f7-${tag}`, key: `f7-${tag}-0`, names: namesOf(`${tag}-0`, 200) }));
    await rig.settle();
    return [
      ...(first?.status === 202 ? [] : [`before anything was full a delivery ended with ${first?.status ?? "no answer"}`]),
      ...(await fullLogs(rig)),
      ...(await fullData(rig)),
    ];
  },
};

async function fullLogs({ instance, client, tag, settle, note }: FaultRig): Promise<string[]> {
  instance.logDisk!.fill();
  const replies: (Reply | null)[] = [];
  for (let index = 0; index < 5; index += 1)
    replies.push(
      await client.once(deliveryOf({ account: `f7-${tag}`, key: `f7-${tag}-log-${index}`, names: namesOf(`${tag}-log-${index}`, 50) })),
    );
  const read = await client.get(list);
  await settle(60_000);
  const broken = died({ instance });
  instance.logDisk!.free();
  note(`logs full: deliveries ended with ${statuses(replies)}, a question with ${read.status}`);
  return [
    ...broken,
    ...(replies.every((reply) => reply?.status === 202) && read.status === 200 ? [] : ["requests were refused because of a full log"]),
  ];
}

async function fullData({ instance, client, checker, tag, settle, note }: FaultRig): Promise<string[]> {
  // Acknowledged and not yet stored: the worker meets the full disk with them in hand, longer than its attempts last.
  const inHand = await Promise.all(
    Array.from({ length: 4 }, (_, index) =>
      client.once(deliveryOf({ account: `f7-${tag}-hand`, key: `f7-${tag}-hand-${index}`, names: namesOf(`${tag}-hand-${index}`, 500) })),
    ),
  );
  const since = performance.now();
  const filled = instance.dataDisk!.fill();
  const { replies, reads, unsent } = await sendOn({ client, tag }, since);
  const said = (await fetch(`${instance.url}/readyz`)).json() as Promise<{ checks: { disk?: string } }>;
  const disk = (await said).checks.disk;
  const broken = died({ instance });
  instance.dataDisk!.free();
  const freed = performance.now();
  const accepted = await Promise.all(unsent.slice(0, 3).map((delivery) => client.deliver(delivery, recoveryLimitMs)));
  const ready = await until(async () => (await fetch(`${instance.url}/readyz`).catch(() => null))?.ok === true, recoveryLimitMs);
  const recoveredMs = performance.now() - freed;
  note(
    `${statuses(inHand)} just before; data full (${Math.round(filled / 1024 / 1024)} MiB taken) for ${fullForMs / 1000} s: deliveries ended with ${statuses(replies)}, questions with ${statuses(reads.map((status) => ({ status })))}, readyz said ${disk}; accepting again ${(recoveredMs / 1000).toFixed(1)} s after there was room`,
  );
  await settle(120_000);
  const failed = await checker.query<{ error: string }>("select error from sync where status = 'failed'");
  return [
    ...broken,
    ...failed.map(({ error }) => `a run was given up: ${error}`),
    ...died({ instance }),
    ...refusals(replies),
    ...(reads.every((status) => status === 200) ? [] : ["what is stored could not be read all the time"]),
    ...(disk === "full" ? [] : [`readyz said that the disk is ${disk}`]),
    ...(ready && accepted.every((reply) => reply?.status === 202) ? [] : ["deliveries were not accepted again within a minute"]),
  ];
}

/** One delivery and one question after the other, while nothing can be stored. */
async function sendOn({ client, tag }: Pick<FaultRig, "client" | "tag">, since: number) {
  const replies: (Reply | null)[] = [];
  const reads: number[] = [];
  const unsent: Delivery[] = [];
  for (let index = 0; performance.now() - since < fullForMs; index += 1) {
    const delivery = deliveryOf({ account: `f7-${tag}`, key: `f7-${tag}-${index}-full`, names: namesOf(`${tag}-full-${index}`, 500) });
    const reply = await client.once(delivery);
    replies.push(reply);
    if (reply?.status !== 202) unsent.push(delivery);
    reads.push((await client.get(list)).status);
    await pause(200);
  }
  return { replies, reads, unsent };
}

function refusals(replies: readonly (Reply | null)[]): string[] {
  const refused = replies.filter((reply) => reply?.status !== 202);
  const strange = refused.filter((reply) => reply === null || ![503, 507].includes(reply.status));
  return [
    ...(refused.length > 0 ? [] : ["nothing was refused: the disk was not full"]),
    ...(strange.length > 0 ? [`${strange.length} answers like ${strange[0]?.status ?? "none"}: ${strange[0]?.body.slice(0, 200)}`] : []),
    ...(refused.some((reply) => reply?.retryAfter === null) ? ["a refusal without Retry-After"] : []),
  ];
}

const died = ({ instance }: Pick<FaultRig, "instance">): string[] => [
  ...(instance.api.alive ? [] : ["the API process ended"]),
  ...(instance.workers.every((worker) => worker.alive) ? [] : ["the worker process ended"]),
];

function statuses(replies: readonly ({ readonly status: number } | null)[]): string {
  const counts = Map.groupBy(replies, (reply) => reply?.status ?? "no answer");
  return [...counts].map(([status, some]) => `${status} (${some.length})`).join(", ");
}
