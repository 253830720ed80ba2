import { deliveryOf, namesOf, type Batch } from "../deliveries.ts";
import type { Fault } from "../fault.ts";
import { stateLines } from "../state-hash.ts";
import { shuffled } from "../wait.ts";

/** F5: the same deliveries three times over, in any order, must come to the same state as once in order. */
export const shuffleDeliveries: Fault = {
  id: "F5",
  title: "duplicated and shuffled deliveries",
  run: async ({ client, checker, random, tag, settle }) => {
    const batches: Omit<Batch, "account" | "key">[] = Array.from({ length: 6 }, (_, index) => ({
      names: namesOf(`${tag}-s`, 12 + index * 3).slice(index),
      version: index + 1,
      asOf: `2026-11-0${index + 1}T00:00:00Z`,
    }));
    const broken: string[] = [];
    const send = async (account: string, order: readonly number[]): Promise<void> => {
      for (const [at, index] of order.entries()) {
        const reply = await client.deliver(deliveryOf({ ...batches[index]!, account, key: `f5-${account}-${at}` }));
        if (reply?.status !== 202) broken.push(`a delivery ended with ${reply?.status ?? "no answer"}`);
      }
    };
    const inOrder = batches.map((_, index) => index);
    await send(`f5-${tag}-plain`, inOrder);
    await send(`f5-${tag}-mixed`, shuffled([...inOrder, ...inOrder, ...inOrder], random));
    await settle();
    const [plain, mixed] = [await stateLines(checker, `f5-${tag}-plain`), await stateLines(checker, `f5-${tag}-mixed`)];
    const at = plain.findIndex((line, index) => line !== mixed[index]);
    if (plain.length !== mixed.length || at !== -1)
      broken.push(`I3 another order gave another state: ${plain.length} and ${mixed.length} rows, ${plain[at]} / ${mixed[at]}`);
    const first = deliveryOf({ ...batches[0]!, account: `f5-${tag}-key`, key: `f5-${tag}-key` });
    const other = deliveryOf({ ...batches[1]!, account: `f5-${tag}-key`, key: `f5-${tag}-key` });
    await client.deliver(first);
    const refused = await client.once(other);
    if (refused?.status !== 422 && refused?.status !== 409)
      broken.push(`the same key with another body was answered ${refused?.status ?? "not at all"}`);
    return broken;
  },
};
