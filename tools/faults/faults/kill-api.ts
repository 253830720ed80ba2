import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { pause, until } from "../wait.ts";

/** F2: the API dies in the middle of a batch; senders repeat with the same key. */
export const killApi: Fault = {
  id: "F2",
  title: "kill -9 API mid-batch, senders retry",
  repeats: 20,
  run: async ({ instance, client, checker, random, tag, note }) => {
    const deliveries = Array.from({ length: 6 }, (_, index) =>
      deliveryOf({ account: `f2-${tag}-${index % 2}`, key: `f2-${tag}-${index}`, names: namesOf(`${tag}-${index}`, 250) }),
    );
    const sending = deliveries.map((delivery) => client.deliver(delivery));
    // Only while a request is being stored is there something to lose.
    await until(async () => (await checker.count("idempotency_key where response is null")) > 0, 10_000, 5);
    await pause(random() * 120);
    await instance.api.kill();
    const open = await checker.count("idempotency_key where response is null");
    const before = [...client.acknowledged.keys()].filter((key) => key.startsWith(`f2-${tag}-`)).length;
    const started = performance.now();
    instance.startApi();
    await instance.untilReady();
    const replies = await Promise.all(sending);
    note(
      `${open} under way and ${before} acknowledged at the kill; all answered ${((performance.now() - started) / 1000).toFixed(1)} s after it`,
    );
    const broken = replies.flatMap((reply, index) =>
      reply?.status === 202 ? [] : [`delivery ${index} ended with ${reply?.status ?? "no answer"}`],
    );
    const again = await Promise.all(deliveries.map((delivery) => client.once(delivery)));
    again.forEach((reply, index) => {
      if (reply?.body !== replies[index]?.body || reply?.replayed !== true)
        broken.push(`I2 the repeat of delivery ${index} was answered differently (${reply?.status})`);
    });
    return broken;
  },
};
