import { deliveryOf, namesOf, type Delivery } from "../deliveries.ts";
import type { Fault, FaultRig } from "../fault.ts";
import type { Reply } from "../push-client.ts";
import { pause, until } from "../wait.ts";

const senders = 8;
const recordsPerBatch = 500;
const shortMs = 3_000;
const longMs = 60_000;

/** F3: PostgreSQL ends at once under load, stays away for a while and recovers from its log. */
export const crashDatabase: Fault = {
  id: "F3",
  title: "PostgreSQL immediate restart under load",
  repeats: 10,
  run: async (rig) => {
    const { instance, client, random, tag, turn, quick, note } = rig;
    const awayMs = turn === 0 && !quick ? longMs : shortMs;
    const firstReply = client.everything.length;
    const load = startLoad(rig, awayMs);
    await pause(300 + random() * 1_500);
    await instance.crashDatabase();
    const probe = deliveryOf({ account: `f3-${tag}-probe`, key: `f3-${tag}-probe`, names: namesOf(`${tag}-probe`, 5) });
    const probes = [await client.once(probe), await client.once(probe)];
    await pause(awayMs);
    const restarting = performance.now();
    await instance.startDatabase();
    const acceptedMs = performance.now() - restarting;
    const recovered = await until(async () => (await fetch(`${instance.url}/readyz`).catch(() => null))?.ok === true, 30_000, 50);
    const recoveryMs = performance.now() - restarting;
    const replies = await load.end();
    const broken = [
      ...replies.flatMap((reply) => (reply?.status === 202 ? [] : [`a delivery ended with ${reply?.status ?? "no answer"}`])),
      ...refusals(probes, client.everything.slice(firstReply)),
      ...(recovered && recoveryMs <= 10_000 ? [] : [`ready again after ${Math.round(recoveryMs)} ms`]),
      ...(instance.api.alive ? [] : ["the API process ended"]),
      ...(instance.workers.every((worker) => worker.alive) ? [] : ["the worker process ended"]),
      ...(["api", "worker"] as const).flatMap((name) =>
        /unhandled/i.test(instance.log(name)) ? [`an unhandled rejection in the ${name} log`] : [],
      ),
    ];
    await rig.settle();
    const takenMs = await newJob(rig, broken);
    note(
      `${replies.length} batches of ${recordsPerBatch}, database away ${awayMs / 1000} s: 503 after ${probes
        .map((reply) => Math.round(reply?.ms ?? 0))
        .join(
          " and ",
        )} ms, PostgreSQL accepts after ${Math.round(acceptedMs)} ms, ready ${Math.round(recoveryMs)} ms after the restart began, a new job taken after ${Math.round(takenMs)} ms`,
    );
    return broken;
  },
};

/** Eight connections that send one batch after another, through the outage. */
function startLoad({ client, tag }: FaultRig, awayMs: number): { end(): Promise<(Reply | null)[]> } {
  let ended = false;
  const replies: (Reply | null)[] = [];
  const batch = (sender: number, index: number): Delivery => {
    const name = `f3-${tag}-${sender}-${index}`;
    return deliveryOf({ account: `f3-${tag}-${sender % 3}`, key: name, names: namesOf(name, recordsPerBatch / 2) });
  };
  const running = Array.from({ length: senders }, async (_, sender) => {
    for (let index = 0; !ended; index += 1) replies.push(await client.deliver(batch(sender, index), awayMs + 90_000));
  });
  return {
    end: async () => {
      ended = true;
      await Promise.all(running);
      return replies;
    },
  };
}

function refusals(probes: readonly (Reply | null)[], replies: readonly Reply[]): string[] {
  const away = probes.flatMap((reply) =>
    reply?.status === 503 && reply.retryAfter !== null
      ? []
      : [`with the database away the answer was ${reply?.status ?? "none"}, Retry-After ${reply?.retryAfter ?? "absent"}`],
  );
  const strange = replies.filter(({ status }) => ![200, 202, 409, 503].includes(status));
  const late = probes.filter((reply) => reply !== null && reply.ms > 2_000);
  return [
    ...away,
    ...late.map((reply) => `503 came after ${Math.round(reply!.ms)} ms`),
    ...strange.slice(0, 1).map((reply) => `${strange.length} answers like ${reply.status}: ${reply.body.slice(0, 200)}`),
    ...(replies.some(({ status, retryAfter }) => status === 503 && retryAfter === null) ? ["a 503 without Retry-After"] : []),
  ];
}

/** Milliseconds from the acknowledgement until a worker has taken it. */
async function newJob({ client, checker, tag }: FaultRig, broken: string[]): Promise<number> {
  const reply = await client.deliver(deliveryOf({ account: `f3-${tag}-0`, key: `f3-${tag}-after`, names: namesOf(`${tag}-after`, 5) }));
  if (reply?.status !== 202) broken.push(`after the recovery a delivery ended with ${reply?.status ?? "no answer"}`);
  const acknowledged = performance.now();
  const syncId = (JSON.parse(reply?.body ?? "{}") as { syncs?: { id: string }[] }).syncs?.[0]?.id;
  const taken = await until(
    async () => (await checker.count("sync where id = $1 and status not in ('staging', 'queued')", [syncId])) > 0,
    15_000,
    20,
  );
  const takenMs = performance.now() - acknowledged;
  if (!taken || takenMs > 1_000) broken.push(`a worker took the new job ${taken ? `after ${Math.round(takenMs)} ms` : "never"}`);
  return takenMs;
}
