import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { stateHash } from "../state-hash.ts";
import { pause, until } from "../wait.ts";

const longMs = 60_000;

/** F11: a worker freezes longer than its lease; another finishes the run; the first wakes up and goes on where it was. */
export const staleWorker: Fault = {
  id: "F11",
  title: "stale worker wakes up (SIGSTOP, SIGCONT)",
  repeats: 3,
  run: async ({ instance, client, checker, random, tag, turn, quick, settle, note }) => {
    const account = `f11-${tag}`;
    const reply = await client.deliver(deliveryOf({ account, key: account, names: namesOf(tag, 1_500), outcome: "complete" }));
    const syncId = (JSON.parse(reply?.body ?? "{}") as { syncs: { id: string }[] }).syncs[0]!.id;
    const status = async (): Promise<string> =>
      (await checker.query<{ s: string }>("select status || '/' || phase as s from sync where id = $1", [syncId]))[0]?.s ?? "";
    await until(async () => (await status()).startsWith("running"), 20_000, 5);
    await pause(random() * 600);
    const stale = instance.workers.splice(0);
    const frozenIn = await status();
    for (const worker of stale) worker.signal("SIGSTOP");
    const frozenFor = pause(turn === 0 && !quick ? longMs : 0);
    instance.startWorker();
    const finished = await until(async () => (await status()) === "completed/done", 100_000);
    await frozenFor;
    const before = await stateHash(checker, account);
    for (const worker of stale) worker.signal("SIGCONT");
    await pause(8_000);
    await settle();
    note(`frozen in ${frozenIn}; ${finished ? "finished by the other" : "not finished by the other"}; afterwards ${await status()}`);
    instance.workers.push(...stale);
    await instance.stopWorkers();
    instance.startWorker();
    const broken = finished ? [] : ["the other worker did not finish the run while the first was frozen"];
    if (finished && (await stateHash(checker, account)) !== before) broken.push("the stale worker changed what was stored");
    if ((await status()) !== "completed/done") broken.push(`the stale worker left the run ${await status()}`);
    return broken;
  },
};
