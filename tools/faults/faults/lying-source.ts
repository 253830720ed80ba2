import type { Stores } from "@rollcall/persistence";
import { deliveryOf, namesOf } from "../deliveries.ts";
import { DirectIngest } from "../direct-ingest.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { historyOf, Presence, type Listing } from "../histories.ts";
import { inLanes } from "../lanes.ts";
import { randomOf, until } from "../wait.ts";

const histories = 10_000;
const quickHistories = 40;
/** Somebody looks at it for an hour. */
const saidEvery = 500;
const wanted = Number(process.env["ROLLCALL_FAULTS_HISTORIES"] ?? histories);
const account = (tag: string, index: number): string => `f9-${tag}-${index % 2 === 0 ? "lies" : "loses"}-${index}`;

/** F9: a source answers "all read" and shows nothing, or a part. Nothing is decommissioned until a person says so, and then no more than that. */
export const lyingSource: Fault = {
  id: "F9",
  title: "empty answers and shrinking histories",
  repeats: 1,
  expected: (tag) => ({ mayLose: [`f9-${tag}-approved`, `f9-${tag}-loses-%`] }),
  run: async (rig) => [...(await fuzzed(rig)), ...(await approval(rig))],
};

async function fuzzed(rig: FaultRig): Promise<string[]> {
  const { tag, quick, note, random } = rig;
  const seed = Math.floor(random() * 2 ** 30);
  const started = performance.now();
  const count = { histories: 0, listings: 0, lies: 0 };
  const broken: string[] = [];
  await inLanes(rig, async (direct, lane, lanes) => {
    for (let index = lane; index < (quick ? Math.min(quickHistories, wanted) : wanted); index += lanes) {
      broken.push(
        ...(await lived(rig, direct, {
          name: account(tag, index),
          listings: historyOf(randomOf(seed + index), { mayLose: index % 2 === 1 }),
          count,
        })),
      );
      count.histories += 1;
      if (count.histories % saidEvery === 0) note(`${count.histories} histories so far, ${broken.length} of what they promise broken`);
    }
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  note(`${count.histories} histories, ${count.listings} listings, ${count.lies} of them lies, in ${seconds} s`);
  return broken.slice(0, 5);
}

interface History {
  readonly name: string;
  readonly listings: readonly Listing[];
  readonly count: { listings: number; lies: number };
}

async function lived({ checker }: FaultRig, direct: DirectIngest, { name, listings, count }: History): Promise<string[]> {
  const broken: string[] = [];
  const presence = new Presence();
  for (const listing of listings) {
    const identities = listing.shown.map((ref) => ({ ref, name: ref }));
    count.listings += 1;
    count.lies += listing.lie ? 1 : 0;
    // Said twice, a lie is still one.
    for (let copy = 0; copy < (listing.lie ? 2 : 1); copy += 1) {
      const status = await direct.ingest({ account: name, at: listing.at, outcome: listing.outcome, identities });
      if ((status === "held") !== listing.lie) broken.push(`${name}: a listing that ${listing.lie ? "lies" : "is honest"} ended ${status}`);
    }
    presence.saw(listing);
  }
  const rows = await checker.query<{ ref: string; missing: boolean; gone: boolean }>(
    "select i.ref, i.missing_since is not null as missing, i.gone_at is not null as gone from identity i join source s on s.id = i.source_id where s.account = $1",
    [name],
  );
  return [...broken, ...presence.contradictedBy(rows).map((text) => `I4 ${name}: ${text}`)];
}

/** With the real workers: held, grown meanwhile, approved, held again, approved again. */
async function approval(rig: FaultRig): Promise<string[]> {
  const direct = DirectIngest.into(await rig.checker.workspace(), rig.instance);
  try {
    return await approved(rig, direct.stores);
  } finally {
    await direct.close();
  }
}

async function approved({ client, checker, tag, settle, note }: FaultRig, stores: Stores): Promise<string[]> {
  const name = `f9-${tag}-approved`;
  const all = namesOf(`${tag}-approved`, 40);
  const push = async (key: string, names: readonly string[], more: { outcome: "complete" | "partial"; asOf: string }): Promise<string> => {
    const reply = await client.deliver(deliveryOf({ account: name, key: `${name}-${key}`, names, ...more }));
    await settle();
    return (JSON.parse(reply?.body ?? "{}") as { syncs: { id: string }[] }).syncs[0]!.id;
  };
  const missing = (): Promise<number> =>
    checker.count(
      "identity i join source s on s.id = i.source_id where s.account like '%' || $1 and (i.missing_since is not null or i.gone_at is not null)",
      [name],
    );
  const sync = async (id: string): Promise<{ status: string; held: number }> =>
    (await checker.query<{ status: string; held: number }>("select status, removals_held as held from sync where id = $1", [id]))[0]!;
  await push("all", all, { outcome: "complete", asOf: "2026-11-01T00:00:00Z" });
  const thin = await push("thin", all.slice(0, 5), { outcome: "complete", asOf: "2026-11-03T00:00:00Z" });
  const asked = await sync(thin);
  const broken =
    asked.status === "held" && (await missing()) === 0
      ? []
      : [`a listing that lost 35 of 40 ended ${asked.status}, ${await missing()} missing`];
  await push("grown", namesOf(`${tag}-grown`, 10), { outcome: "partial", asOf: "2026-11-02T00:00:00Z" });
  const workspace = (await checker.query<{ id: string }>("select workspace_id as id from sync where id = $1", [thin]))[0]!.id;
  const approve = async (): Promise<{ status: string; held: number }> => {
    if (!(await stores.ingestions.approveRemovals(workspace, thin, "a person"))) broken.push("a held run could not be approved");
    await until(async () => !["queued", "running"].includes((await sync(thin)).status), 60_000);
    return sync(thin);
  };
  const again = await approve();
  if (again.status !== "held" || again.held <= asked.held || (await missing()) > 0)
    broken.push(
      `more would have gone than was approved (${asked.held}), and the run ended ${again.status} with ${await missing()} missing`,
    );
  const final = await approve();
  note(`asked about ${asked.held} rows, then about ${again.held}; after the second approval ${final.status}, ${await missing()} missing`);
  if (final.status !== "completed" || (await missing()) !== 45)
    broken.push(`after the approval the run is ${final.status} and ${await missing()} of 45 are missing`);
  return broken;
}
