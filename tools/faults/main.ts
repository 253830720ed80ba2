import { parseArgs } from "node:util";
import { Checker } from "./checker.ts";
import type { Fault, FaultRig } from "./fault.ts";
import { allFaults } from "./faults/all-faults.ts";
import { Instance } from "./instance.ts";
import { PushClient } from "./push-client.ts";
import { randomOf, until } from "./wait.ts";

interface Tally {
  readonly id: string;
  readonly title: string;
  repeats: number;
  survived: number;
  lost: number;
  duplicated: number;
}

interface Effort {
  readonly repeats: number;
  readonly seed: number;
  readonly quick: boolean;
}

const usage = "npm run test:faults -- [--only F2[,F3]] [--quick] [--repeats N] [--seed N]";
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function runFault(fault: Fault, { repeats, seed, quick }: Effort): Promise<Tally> {
  const tally: Tally = { id: fault.id, title: fault.title, repeats: 0, survived: 0, lost: 0, duplicated: 0 };
  const reason = fault.unavailable?.() ?? null;
  if (reason !== null) {
    say(`${fault.id} left out: ${reason}`);
    return tally;
  }
  const instance = await Instance.start({ redis: fault.redis === true, disks: fault.disks });
  const stopped = (): void => void instance.stop().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stopped);
  try {
    const client = new PushClient(instance);
    const checker = new Checker(instance, client);
    await checker.plantForeignWorkspace();
    // What the repeats before this one let go stays missing.
    const mayLose: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const tag = `r${repeat}`;
      const settle = async (limitMs = 90_000): Promise<void> =>
        void (await until(async () => (await checker.unfinished()) === 0, limitMs, 250));
      const note = (text: string): void => say(`  ${fault.id} ${tag}: ${text}`);
      const random = randomOf(seed * 1000 + repeat + 1);
      const rig: FaultRig = { instance, client, checker, tag, turn: repeat, quick, note, settle, random };
      const promises = await fault.run(rig);
      await settle();
      mayLose.push(...(fault.expected?.(tag).mayLose ?? []));
      const found = await checker.check({ mayLose });
      const broken = [...promises, ...found.broken];
      for (const text of broken) note(`BROKEN ${text}`);
      tally.repeats += 1;
      tally.survived += broken.length === 0 ? 1 : 0;
      tally.lost += found.lost;
      tally.duplicated += found.duplicated;
    }
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stopped);
    await instance.stop();
  }
  return tally;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    repeats: { type: "string" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean" },
  },
});
if (values.help === true) {
  say(usage);
  process.exit(0);
}
const wanted = values.only?.toUpperCase().split(",");
const chosen = allFaults.filter(({ id }) => wanted === undefined || wanted.includes(id));
if (chosen.length === 0) {
  process.stderr.write(`No fault is called ${values.only}. There are ${allFaults.map(({ id }) => id).join(", ")}. ${usage}\n`);
  process.exit(2);
}
const tallies: Tally[] = [];
for (const fault of chosen) {
  const repeats = values.repeats === undefined ? (values.quick ? Math.min(2, fault.repeats) : fault.repeats) : Number(values.repeats);
  const tally = await runFault(fault, { repeats, seed: Number(values.seed), quick: values.quick });
  tallies.push(tally);
  say(
    `${tally.id} ${tally.title}: repeats ${tally.repeats}, survived ${tally.survived}, lost ${tally.lost}, duplicated ${tally.duplicated}`,
  );
}
process.exit(tallies.every((tally) => tally.survived === tally.repeats && tally.lost === 0 && tally.duplicated === 0) ? 0 : 1);
