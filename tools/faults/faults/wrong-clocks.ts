import { deliveryOf, namesOf } from "../deliveries.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { cannotFakeTime, WrongClock } from "../wrong-clock.ts";

const identities = 30;

interface Skew {
  readonly what: string;
  readonly at: string;
  /** Set while requests come in. */
  readonly later?: string;
  readonly zone?: string;
  /** Of which the statements speak. */
  readonly month?: string;
}

const skews: readonly Skew[] = [
  { what: "two hours ahead", at: "+2h" },
  { what: "two hours behind", at: "-2h" },
  { what: "stepping back an hour", at: "+0", later: "-1h" },
  { what: "over the end of summer time", at: "@2026-10-25 02:59:50", zone: "Europe/Berlin" },
  // A past one: to a clock of years ahead every key of the suite has expired.
  { what: "over a leap day", at: "@2024-02-28 23:59:50", later: "@2024-02-29 23:59:50", month: "2024-02" },
];

/** F6: the clocks of the API and of a worker are wrong, another worker's and the database's are right. */
export const wrongClocks: Fault = {
  id: "F6",
  title: "clocks that are wrong or jump",
  repeats: 3,
  unavailable: cannotFakeTime,
  run: async (rig) => {
    const broken: string[] = [];
    for (const [index, skew] of skews.entries()) broken.push(...(await skewed(rig, skew, index)));
    await restarted(rig, {});
    return [...broken, ...(await fromTheFuture(rig))];
  },
};

async function restarted({ instance }: FaultRig, env: Readonly<Record<string, string>>): Promise<void> {
  await instance.stopWorkers();
  await instance.api.stop();
  instance.startApi({ env });
  instance.startWorker({ env });
  await instance.untilReady();
}

async function skewed(rig: FaultRig, { what, at, later, zone, month = "2026-10" }: Skew, index: number): Promise<string[]> {
  const { instance, client, checker, tag, settle, note } = rig;
  const broken: string[] = [];
  const account = `f6-${tag}-${index}`;
  const clock = new WrongClock(instance.dataDir);
  clock.set(at);
  await restarted(rig, { ...clock.env(), ...(zone === undefined ? {} : { TZ: zone }) });
  // The other's clock is right: what one holds, the other must leave alone.
  instance.startWorker();
  for (let version = 1; version <= 6; version += 1) {
    if (version === 4 && later !== undefined) clock.set(later);
    const key = `${account}-${version}`;
    const dates = { asOf: `${month}-0${version}T00:00:00Z`, createdAt: `${month.slice(0, 4)}-01-01T00:00:00Z` };
    const reply = await client.deliver(
      deliveryOf({ account, key, names: namesOf(account, identities), version, outcome: "complete", ...dates }),
    );
    if (reply?.status !== 202) broken.push(`${what}: a delivery ended with ${reply?.status ?? "no answer"}`);
  }
  await settle();
  const listed = await client.get("/api/v1/identities?limit=200");
  const negative = /"[A-Za-z]*(?:age|days|hours|seconds)[A-Za-z]*":-\d/i.exec(listed.body)?.[0];
  if (listed.status !== 200 || negative !== undefined)
    broken.push(`${what}: identities are answered ${listed.status} with ${negative ?? "no age"}`);
  const runs = await checker.query<{ status: string; epoch: number }>(
    "select y.status, y.epoch from sync y join source s on s.workspace_id = y.workspace_id and s.id = y.source_id where s.account like '%' || $1",
    [account],
  );
  const odd = runs.filter(({ status, epoch }) => status !== "completed" || epoch !== 1);
  if (runs.length !== 6 || odd.length > 0)
    broken.push(`${what}: of ${runs.length} runs ${JSON.stringify(odd)} ended otherwise or were taken twice`);
  const newest = await checker.count(
    "identity i join source s on s.id = i.source_id where s.account like '%' || $1 and i.name like '% v6'",
    [account],
  );
  if (newest !== identities) broken.push(`${what}: ${newest} of ${identities} identities are as the newest statement says`);
  note(`${what}: ${runs.length} runs, ${runs.filter(({ epoch }) => epoch === 1).length} of them taken once`);
  return broken;
}

/** A source whose clock is far ahead must not be the newest for ever. */
async function fromTheFuture({ client, checker, tag, settle, note }: FaultRig): Promise<string[]> {
  const account = `f6-${tag}-future`;
  const asOf = new Date(Date.now() + 86_400_000).toISOString();
  const reply = await client.once(deliveryOf({ account, key: account, names: namesOf(account, 3), asOf }));
  await settle();
  const ahead = await checker.count(
    "observation o join source s on s.id = o.source_id where s.account like '%' || $1 and o.observed_at > now() + interval '10 minutes'",
    [account],
  );
  note(`a statement of tomorrow was answered ${reply?.status ?? "not at all"}; ${ahead} rows are dated ahead`);
  return ahead === 0 ? [] : [`${ahead} rows are dated more than ten minutes ahead`];
}
