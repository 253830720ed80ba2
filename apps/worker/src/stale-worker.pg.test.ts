import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStores, runtimeUrls, type Stores } from "@rollcall/persistence";
import { testDatabase, testRootKey, type TestDatabase } from "@rollcall/persistence/testing";
import { createLogger } from "@rollcall/platform";
import { ingestSync, mergeObservations, RunTakenOver, type IngestStore, type JobQueue } from "@rollcall/posture-pipeline";
import { recordParkedJob } from "./record-parked-job.ts";

const steps = ["setProgress", "plan", "apply", "materialise", "hold"] as const;

describe("two workers with the same run", () => {
  let database: TestDatabase;
  let one: Stores;
  let other: Stores;
  let workspace: string;
  const logger = createLogger("worker", { level: "silent" });
  const context = { attempt: 1, isCancelled: () => Promise.resolve(false) };
  beforeAll(async () => {
    database = await testDatabase();
    const urls = runtimeUrls(database.ownerUrl, testRootKey);
    [one, other] = [createStores(urls), createStores(urls)];
    workspace = await one.accounts.ensureWorkspace("test");
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });

  const stage = async (account: string, names: readonly string[], asOf = "2026-01-01T00:00:00.000Z") => {
    const ingestionId = await one.ingestions.createIngestion(workspace, { files: [], origin: "push", createdBy: null });
    const scope = { connector: "push", dataset: "bots", account, region: "global" };
    const sync = await one.ingest.stageSync(
      workspace,
      {
        connector: "push",
        account,
        sourceName: account,
        origin: "push",
        asOf,
        asOfBasis: "given",
        ingestionId,
        reports: [{ scope, outcome: "complete", observedAt: asOf }],
        totals: {},
        notes: [],
        rejected: [],
      },
      names.map((name) => ({
        scope,
        observation: { kind: "identity", ref: name, identityKind: "bot", name, provider: "x", facts: {}, attributes: {} },
      })),
    );
    return { workspaceId: workspace, syncId: sync.id };
  };
  const queue = (): { asked: number } & JobQueue => ({
    asked: 0,
    async enqueue() {
      this.asked += 1;
    },
  });
  /** The run as it is stored, and everything it could have changed, with the transaction that wrote each row. */
  const everything = async (syncId: string) => [
    await database.query("select status, phase, done, total, counts, error, epoch, finished_at, xmin::text from sync where id = $1", [
      syncId,
    ]),
    await database.query("select id, ref, missing_since, gone_at, xmin::text from identity order by id"),
    await database.query("select scope_id, ref, absent_since, xmin::text from observation order by 1, 2"),
    await database.query("select count(*) as n from change"),
    await database.query("select id, xmin::text from scope order by id"),
  ];

  /** A worker that sleeps when it comes to a step, until told to go on. */
  const frozenAt = (step: (typeof steps)[number], nth: number) => {
    let [arrived, wake] = [(): void => {}, (): void => {}];
    const here = new Promise<void>((resolve) => (arrived = resolve));
    const gate = new Promise<void>((resolve) => (wake = resolve));
    let calls = 0;
    const ingest = new Proxy(one.ingest, {
      get:
        (target, name: keyof IngestStore) =>
        async (...args: never[]) => {
          if (name === step && (calls += 1) === nth) {
            arrived();
            await gate;
          }
          return (target[name] as (...a: never[]) => unknown)(...args);
        },
    });
    return { ingest, here, wake };
  };

  it.each([
    ["setProgress", 1],
    ["plan", 1],
    ["setProgress", 2],
    ["apply", 1],
    ["setProgress", 3],
    ["materialise", 1],
    ["setProgress", 4],
  ] as const)("a worker that froze before %s (%i) writes nothing once another has ended the run", async (step, nth) => {
    const job = await stage(`${step}-${nth}`, ["a", "b", "c"]);
    const { ingest, here, wake } = frozenAt(step, nth);
    const asked = queue();
    const stale = ingestSync({ ingest, queue: asked, logger }, job, context);
    await here;
    await ingestSync({ ingest: other.ingest, queue: queue(), logger }, job, context);
    for (const run of await other.ingest.awaitingAnalysis(workspace)) await other.ingest.setStatus(workspace, run, "completed");
    const before = await everything(job.syncId);
    expect(before[0]).toMatchObject([{ status: "completed", phase: "done", epoch: 2 }]);
    wake();
    await stale;
    expect(await everything(job.syncId)).toEqual(before);
  });

  it("a frozen hold does not undo what a person approved meanwhile", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    const full = await stage("approval", names);
    await ingestSync({ ingest: one.ingest, queue: queue(), logger }, full, context);
    const thin = await stage("approval", names.slice(0, 3), "2026-01-02T00:00:00.000Z");
    const { ingest, here, wake } = frozenAt("hold", 1);
    const stale = ingestSync({ ingest, queue: queue(), logger }, thin, context);
    await here;
    await ingestSync({ ingest: other.ingest, queue: queue(), logger }, thin, context);
    expect(await other.ingest.sync(workspace, thin.syncId)).toMatchObject({ status: "held" });
    expect(await other.ingestions.approveRemovals(workspace, thin.syncId, "jo")).toBe(true);
    const before = await everything(thin.syncId);
    wake();
    await stale;
    expect(await everything(thin.syncId)).toEqual(before);
    expect(before[0]).toMatchObject([{ status: "queued" }]);
  });

  it("an analysis that froze does not end the run that began again meanwhile", async () => {
    const job = await stage("analysis", ["a"]);
    await ingestSync({ ingest: one.ingest, queue: queue(), logger }, job, context);
    const seen = await one.ingest.awaitingAnalysis(workspace);
    const taken = (await other.ingest.claim(workspace, job.syncId))!;
    for (const run of seen) await one.ingest.setStatus(workspace, run, "completed");
    expect(await one.ingest.sync(workspace, job.syncId)).toMatchObject({ status: "running", epoch: taken.epoch });
  });

  it("what was parked stays parked when its worker wakes up", async () => {
    const job = await stage("parked", ["a", "b"]);
    const run = (await one.ingest.claim(workspace, job.syncId))!;
    await recordParkedJob(other, { name: "ingest-sync", payload: job }, new Error("gone"));
    const before = await everything(job.syncId);
    expect(before[0]).toMatchObject([{ status: "failed" }]);
    await expect(one.ingest.apply(workspace, run, [])).rejects.toThrow(RunTakenOver);
    await expect(one.ingest.materialise(workspace, run, mergeObservations)).rejects.toThrow(RunTakenOver);
    await one.ingest.setStatus(workspace, run, "running");
    expect(await everything(job.syncId)).toEqual(before);
    expect(await one.ingest.claim(workspace, job.syncId)).toBeNull();
  });

  it("waits for a commit under way before it takes the run", async () => {
    const job = await stage("commit", ["a"]);
    const run = (await one.ingest.claim(workspace, job.syncId))!;
    const merged = () => database.query("select 1 from identity i join source s on s.id = i.source_id where s.account = 'commit'");
    // The first is inside of its transaction when the other claims: merging is slow.
    await one.ingest.apply(workspace, run, []);
    let seenByClaimer: ReturnType<typeof merged> | undefined;
    await one.ingest.materialise(workspace, run, (group) => {
      seenByClaimer ??= other.ingest.claim(workspace, job.syncId).then(merged);
      return mergeObservations(group);
    });
    // Had it not waited, it would have the run before anything was merged.
    expect(await seenByClaimer).toHaveLength(1);
  });
});
