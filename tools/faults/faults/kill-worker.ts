import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { pause } from "../wait.ts";

/** F1: the worker dies at a random point of a run. */
export const killWorker: Fault = {
  id: "F1",
  title: "kill -9 worker mid-run",
  repeats: 20,
  run: async ({ instance, client, random, tag, settle, note }) => {
    const deliveries = Array.from({ length: 4 }, (_, index) =>
      deliveryOf({ account: `f1-${tag}-${index % 2}`, key: `f1-${tag}-${index}`, names: namesOf(`${tag}-${index}`, 400) }),
    );
    const replies = await Promise.all(deliveries.map((delivery) => client.deliver(delivery)));
    await pause(random() * 1_500);
    await instance.killWorkers();
    const started = performance.now();
    instance.startWorker();
    await settle(60_000);
    note(`over ${Math.round((performance.now() - started) / 100) / 10} s after the restart`);
    return replies.flatMap((reply, index) =>
      reply?.status === 202 ? [] : [`delivery ${index} ended with ${reply?.status ?? "no answer"}`],
    );
  },
};
