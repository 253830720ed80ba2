import fc from "fast-check";
import pg from "pg";
import { deliveryOf, namesOf, type Batch } from "../deliveries.ts";
import type { DirectListing } from "../direct-ingest.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { inLanes } from "../lanes.ts";
import { stateLines, type Asked } from "../state-hash.ts";
import { shuffled } from "../wait.ts";

const runs = 1_000;
const quickRuns = 30;
const copies = 3;
const keptHours = 72;

/** F5: the same deliveries three times over, in any order and days late, must come to the same state as once in order. */
export const shuffleDeliveries: Fault = {
  id: "F5",
  title: "duplicated and shuffled deliveries",
  repeats: 1,
  // Listings that say they are complete leave identities out for real.
  expected: () => ({ mayLose: ["-fuzzed-plain", "-fuzzed-mixed"] }),
  run: async (rig) => [...(await throughTheApi(rig)), ...(await sameKey(rig)), ...(await fuzzed(rig))],
};

const batches = (tag: string): Omit<Batch, "account" | "key">[] =>
  Array.from({ length: 6 }, (_, index) => ({
    names: namesOf(`${tag}-s`, 12 + index * 3).slice(index),
    version: index + 1,
    asOf: `2026-11-0${index + 1}T00:00:00Z`,
  }));

async function throughTheApi({ client, checker, random, tag, settle }: FaultRig): Promise<string[]> {
  const broken: string[] = [];
  const sent = batches(tag);
  const send = async (account: string, order: readonly number[]): Promise<void> => {
    for (const [at, index] of order.entries()) {
      const reply = await client.deliver(deliveryOf({ ...sent[index]!, account, key: `f5-${account}-${at}` }));
      if (reply?.status !== 202) broken.push(`a delivery ended with ${reply?.status ?? "no answer"}`);
    }
  };
  const inOrder = sent.map((_, index) => index);
  await send(`f5-${tag}-plain`, inOrder);
  await send(`f5-${tag}-mixed`, shuffled(Array<number[]>(copies).fill(inOrder).flat(), random));
  await settle();
  return [...broken, ...difference(await stateLines(checker, `f5-${tag}-plain`), await stateLines(checker, `f5-${tag}-mixed`))];
}

function difference(plain: readonly string[], mixed: readonly string[]): string[] {
  const at = plain.findIndex((line, index) => line !== mixed[index]);
  return plain.length === mixed.length && at === -1
    ? []
    : [`I3 another order gave another state: ${plain.length} and ${mixed.length} rows, ${plain[at]} / ${mixed[at]}`];
}

/** A key is worth its first body for three days. */
async function sameKey({ client, checker, tag }: FaultRig): Promise<string[]> {
  const [one, two] = batches(tag);
  const key = `f5-${tag}-key`;
  const first = await client.deliver(deliveryOf({ ...one!, account: key, key }));
  const refused = await client.once(deliveryOf({ ...two!, account: key, key }));
  await checker.query(`update idempotency_key set created_at = now() - interval '${keptHours * 60 - 1} minutes' where key = $1`, [key]);
  const late = await client.once(deliveryOf({ ...one!, account: key, key }));
  return [
    ...(refused?.status === 409 ? [] : [`the same key with another body was answered ${refused?.status ?? "not at all"}`]),
    ...(late?.replayed === true && late.body === first?.body ? [] : [`after ${keptHours} h a repeat was answered anew (${late?.status})`]),
  ];
}

interface Story {
  readonly listings: readonly Omit<DirectListing, "account">[];
  readonly order: readonly number[];
}

const always = 6;

/**
 * Listings of one day each, of one dataset or two, that say something new or what an earlier one said; the order in which they and their
 * copies come is anything, save that of the complete ones of a dataset among themselves: one that comes after a newer one was made says
 * nothing of what is missing.
 */
const stories: fc.Arbitrary<Story> = fc
  .array(
    fc.record({
      outcome: fc.constantFrom("complete" as const, "complete" as const, "partial" as const),
      dataset: fc.constantFrom("bots", "bots", "mentions"),
      shown: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
      state: fc.constantFrom("active", "disabled", "paused"),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .chain((days) => {
    const listings = days.map(({ outcome, dataset, shown, state }, day) => ({
      at: `2026-11-${String(day + 1).padStart(2, "0")}T00:00:00Z`,
      outcome,
      dataset,
      // One is always there: a listing of nothing that was there before is held for a person, who is not part of this.
      identities: [...shown, always].map((id) => ({ ref: `bot/${id}`, name: `bot ${id} ${state}`, status: state })),
    }));
    const all = Array<number[]>(copies)
      .fill(listings.map((_, index) => index))
      .flat();
    return fc
      .shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
      .map((order) => ({ listings, order: completeInOrder(listings, order) }));
  });

/** Each complete listing and its copies take the place of the one of its dataset whose turn it would be. */
function completeInOrder(listings: Story["listings"], order: readonly number[]): number[] {
  const complete = order.filter((index) => listings[index]!.outcome === "complete");
  const turn = new Map(
    [...Map.groupBy(new Set(complete), (index) => listings[index]!.dataset).values()].flatMap((asTheyCame) => {
      const sorted = asTheyCame.toSorted((a, b) => a - b);
      return asTheyCame.map((index, at) => [index, sorted[at]!] as const);
    }),
  );
  return order.map((index) => turn.get(index) ?? index);
}

async function fuzzed(rig: FaultRig): Promise<string[]> {
  const { instance, random, tag, quick, note } = rig;
  const pool = new pg.Pool({ connectionString: instance.inspectUrl });
  const asked: Asked = {
    query: async <T extends pg.QueryResultRow>(text: string, values: readonly unknown[]) => (await pool.query<T>(text, [...values])).rows,
  };
  const started = performance.now();
  let run = 0;
  try {
    const outcomes = await inLanes(rig, (direct, _lane, lanes) => {
      const property = fc.asyncProperty(stories, async ({ listings, order }) => {
        run += 1;
        const [plain, mixed] = [`f5-${tag}-${run}-fuzzed-plain`, `f5-${tag}-${run}-fuzzed-mixed`] as const;
        for (const listing of listings) await direct.ingest({ ...listing, account: plain });
        for (const index of order) await direct.ingest({ ...listings[index]!, account: mixed });
        const [broken] = difference(await stateLines(asked, plain), await stateLines(asked, mixed));
        if (broken !== undefined) throw new Error(broken);
      });
      const numRuns = Math.ceil((quick ? quickRuns : runs) / lanes);
      return fc.check(property, { numRuns, seed: Math.floor(random() * 2 ** 31), endOnFailure: quick });
    });
    const held = outcomes.reduce((sum, { numRuns, failed }) => sum + numRuns - (failed ? 1 : 0), 0);
    note(`${held} made-up stories held, in ${Math.round((performance.now() - started) / 1000)} s`);
    return outcomes
      .filter(({ failed }) => failed)
      .map(({ errorInstance, counterexample }) => `${String(errorInstance)} from ${JSON.stringify(counterexample)}`.slice(0, 3_000));
  } finally {
    await pool.end();
  }
}
