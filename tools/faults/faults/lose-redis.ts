import { locateRedis } from "@rollcall/platform";
import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { until } from "../wait.ts";

const rebuiltWithinMs = 60_000;

/** F4: jobs live in Redis, and Redis loses them: killed, or emptied under the workers. PostgreSQL still knows what has to happen. */
export const loseRedis: Fault = {
  id: "F4",
  title: "Redis killed or flushed, eviction refused",
  repeats: 4,
  redis: true,
  unavailable: () => (locateRedis() === null ? "no redis-server on this machine" : null),
  run: async (rig) => {
    const { instance, client, checker, turn, tag, note } = rig;
    const redis = instance.redis!;
    // Jobs reach Redis and no worker takes them: all of them are there to lose.
    await instance.stopWorkers();
    const deliveries = Array.from({ length: 5 }, (_, index) =>
      deliveryOf({ account: `f4-${tag}-${index}`, key: `f4-${tag}-${index}`, names: namesOf(`${tag}-${index}`, 60) }),
    );
    const replies = await Promise.all(deliveries.map((delivery) => client.deliver(delivery)));
    const broken = replies.flatMap((reply, index) =>
      reply?.status === 202 ? [] : [`delivery ${index} ended with ${reply?.status ?? "no answer"}`],
    );
    instance.startWorker();
    const relayed = await until(async () => (await checker.count("outbox")) === 0, 40_000, 5);
    if (!relayed) broken.push("the outbox was not handed to Redis");
    const flush = turn % 2 === 0;
    const lost = Number(await redis.ask("DBSIZE"));
    if (flush) await redis.ask("FLUSHALL");
    else {
      await redis.kill();
      await redis.start();
    }
    const started = performance.now();
    const over = await until(async () => (await checker.unfinished()) === 0, rebuiltWithinMs + 30_000, 100);
    const tookMs = performance.now() - started;
    note(
      `${flush ? "FLUSHALL" : "kill -9"} took ${lost} keys; ${over ? "all runs over" : "not over"} ${(tookMs / 1000).toFixed(1)} s after it`,
    );
    if (!over || tookMs > rebuiltWithinMs) broken.push(`the jobs were not rebuilt within ${rebuiltWithinMs / 1000} s`);
    if (instance.workers.some((worker) => !worker.alive)) broken.push("the worker process ended");
    return [...broken, ...(await refusal(rig))];
  },
};

/** A Redis that may throw keys away is refused at the start, in one line that says what to do. */
async function refusal({ instance, note }: FaultRig): Promise<readonly string[]> {
  const redis = instance.redis!;
  await redis.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
  try {
    const before = instance.log("worker").length;
    const refused = instance.startWorker();
    const exit = await Promise.race([refused.exited, until(async () => !refused.alive, 30_000).then(() => "still running")]);
    const lines = instance
      .log("worker")
      .slice(before)
      .split("\n")
      .filter((line) => line.startsWith("rollcall"));
    instance.workers.splice(instance.workers.indexOf(refused), 1);
    await refused.kill();
    note(`with allkeys-lru: ${exit}, ${lines.join(" | ")}`);
    const said = lines.length === 1 && lines[0]!.includes("noeviction");
    return exit === "exit code 1" && said ? [] : [`a Redis that evicts was answered with ${exit} and ${lines.length} lines`];
  } finally {
    await redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
  }
}
