import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { pause, until } from "../wait.ts";

const awayMs = 3_000;

/** F3: PostgreSQL ends at once under load, stays away for a while and recovers from its log. */
export const crashDatabase: Fault = {
  id: "F3",
  title: "PostgreSQL immediate restart under load",
  run: async ({ instance, client, checker, random, tag, note, settle }) => {
    const deliveries = Array.from({ length: 10 }, (_, index) =>
      deliveryOf({ account: `f3-${tag}-${index % 3}`, key: `f3-${tag}-${index}`, names: namesOf(`${tag}-${index}`, 150) }),
    );
    const firstReply = client.everything.length;
    const sending = deliveries.map((delivery) => client.deliver(delivery));
    await pause(100 + random() * 400);
    await instance.crashDatabase();
    const probes = await Promise.all([
      client.once({ ...deliveries[0]!, key: `f3-${tag}-probe` }),
      client.once(deliveries[1]!),
      pause(awayMs).then(() => null),
    ]);
    const restarting = performance.now();
    await instance.startDatabase();
    const recovered = await until(async () => (await fetch(`${instance.url}/readyz`).catch(() => null))?.ok === true, 30_000, 50);
    const recoveryMs = performance.now() - restarting;
    const replies = await Promise.all(sending);
    await settle();
    const broken = replies.flatMap((reply, index) =>
      reply?.status === 202 ? [] : [`delivery ${index} ended with ${reply?.status ?? "no answer"}`],
    );
    for (const probe of probes.slice(0, 2)) {
      if (probe?.status !== 503 || probe.retryAfter === null)
        broken.push(`with the database away the answer was ${probe?.status ?? "none"}, Retry-After ${probe?.retryAfter ?? "absent"}`);
      else if (probe.ms > 2_000) broken.push(`503 came after ${Math.round(probe.ms)} ms`);
    }
    const strange = client.everything.slice(firstReply).filter(({ status }) => ![202, 409, 503].includes(status));
    if (strange.length > 0)
      broken.push(
        `${strange.length} answers were ${[...new Set(strange.map(({ status }) => status))].join(", ")}: ${strange[0]!.body.slice(0, 200)}`,
      );
    if (!recovered || recoveryMs > 10_000) broken.push(`ready again after ${Math.round(recoveryMs)} ms`);
    if (!instance.api.alive) broken.push("the API process ended");
    if (instance.workers.some((worker) => !worker.alive)) broken.push("the worker process ended");
    const after = await client.deliver(deliveryOf({ account: `f3-${tag}-0`, key: `f3-${tag}-after`, names: namesOf(`${tag}-after`, 5) }));
    if (after?.status !== 202) broken.push(`after the recovery a delivery ended with ${after?.status ?? "no answer"}`);
    const acknowledged = performance.now();
    const syncId = (JSON.parse(after?.body ?? "{}") as { syncs?: { id: string }[] }).syncs?.[0]?.id;
    const taken = await until(
      async () => (await checker.count("sync where id = $1 and status not in ('staging', 'queued')", [syncId])) > 0,
      15_000,
      20,
    );
    const takenMs = performance.now() - acknowledged;
    if (!taken || takenMs > 1_000) broken.push(`a worker took the new job ${taken ? `after ${Math.round(takenMs)} ms` : "never"}`);
    note(
      `503 after ${probes
        .map((probe) => Math.round(probe?.ms ?? 0))
        .slice(0, 2)
        .join(" and ")} ms, ready ${Math.round(recoveryMs)} ms after the restart began, a new job taken after ${Math.round(takenMs)} ms`,
    );
    return broken;
  },
};
