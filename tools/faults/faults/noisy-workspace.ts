import { DirectIngest } from "../direct-ingest.ts";
import type { Fault, FaultRig } from "../fault.ts";
import { pause, until } from "../wait.ts";

const eventsPerRun = 500;
const runsPerRequest = 100;
const manyRuns = 2_000;
const fewRuns = 100;
const startLimitMs = 30_000;
const othersInTurn = 3;
const betweenMs = 4_000;

/** F12: one workspace has a million events in the queue, then another sends a few. */
export const noisyWorkspace: Fault = {
  id: "F12",
  title: "noisy workspace, another's run starts",
  repeats: 1,
  run: async (rig) => {
    const { instance, checker, note, quick, tag } = rig;
    await instance.stopWorkers();
    const noisy = await checker.workspace();
    const quiet = (await checker.query<{ id: string }>("insert into workspace (name) values ('quiet') returning id"))[0]!.id;
    const direct = { noisy: DirectIngest.into(noisy, instance), quiet: DirectIngest.into(quiet, instance) };
    try {
      const since = performance.now();
      const runs = quick ? fewRuns : manyRuns;
      const requests = await fill(direct.noisy, { runs, tag });
      note(`${runs * eventsPerRun} events in ${runs} runs staged in ${seconds(performance.now() - since)} s`);
      instance.startWorker();
      const begun = await until(async () => (await ended(rig, noisy)) >= 2, 120_000);
      const broken = begun ? [] : ["the runs of the noisy workspace were never begun"];
      const watch = watchCap(rig, noisy);
      const others: Promise<readonly string[]>[] = [];
      for (let turn = 0; turn < othersInTurn; turn += 1) {
        others.push(other(rig, { direct: direct.quiet, noisy, turn }));
        await pause(betweenMs);
      }
      broken.push(...(await Promise.all(others)).flat());
      const most = await watch.end();
      if (most > 1) broken.push(`${most} runs of the noisy workspace were with a worker at the same time`);
      // What is left is not waited for: storing a million events is L1's and L4's matter.
      for (const id of requests) await direct.noisy.stores.ingestions.cancelIngestion(noisy, id);
      await rig.settle(120_000);
      return broken;
    } finally {
      await direct.noisy.close();
      await direct.quiet.close();
    }
  },
};

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

async function fill(direct: DirectIngest, { runs, tag }: { readonly runs: number; readonly tag: string }): Promise<string[]> {
  const requests: string[] = [];
  for (let first = 0; first < runs; first += runsPerRequest) {
    const request = await direct.request();
    requests.push(request);
    for (let run = first; run < Math.min(first + runsPerRequest, runs); run += 1)
      await direct.stage(request, { account: `f12-${tag}-${run % 7}`, names: names(`${tag}-${run}`, eventsPerRun) });
  }
  return requests;
}

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

/** A few events of the other workspace: how long until a worker has them, and until they are analysed. */
async function other(
  { checker, note }: FaultRig,
  { direct, noisy, turn }: { readonly direct: DirectIngest; readonly noisy: string; readonly turn: number },
): Promise<string[]> {
  const id = await direct.stage(await direct.request(), { account: "f12-quiet", names: names(`quiet-${turn}`, 5) });
  const since = performance.now();
  const started = await until(async () => (await checker.count("sync where id = $1 and epoch > 0", [id])) > 0, startLimitMs * 3, 50);
  const startMs = performance.now() - since;
  const behind = await checker.count("sync where workspace_id = $1 and status = 'queued'", [noisy]);
  const completed = await until(async () => (await checker.count("sync where id = $1 and status = 'completed'", [id])) > 0, 120_000, 100);
  const doneMs = performance.now() - since;
  note(`the other began after ${seconds(startMs)} s with ${behind} noisy runs still waiting, completed after ${seconds(doneMs)} s`);
  return [
    ...(started && startMs <= startLimitMs ? [] : [`the other's run began ${started ? `after ${seconds(startMs)} s` : "never"}`]),
    ...(completed ? [] : ["the other's run did not complete within two minutes"]),
    ...(behind > 0 ? [] : ["nothing was waiting any more when the other began: the queue was too short to say anything"]),
  ];
}

const ended = ({ checker }: FaultRig, workspace: string): Promise<number> =>
  checker.count("sync where workspace_id = $1 and epoch > 0 and phase in ('analysing', 'done')", [workspace]);

/** The most runs of the workspace that were with a worker at any look. */
function watchCap({ checker }: FaultRig, workspace: string): { end(): Promise<number> } {
  let [most, over] = [0, false];
  const looking = (async () => {
    while (!over) {
      const now = await checker.count("sync where workspace_id = $1 and status = 'running' and phase <> 'analysing' and epoch = 1", [
        workspace,
      ]);
      most = Math.max(most, now);
      await pause(100);
    }
  })();
  return {
    end: async () => {
      over = true;
      await looking;
      return most;
    },
  };
}
