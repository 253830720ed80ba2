import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { analyseWorkspace, loadHistory, mergeObservations, reconcileWithFindings } from "@rollcall/posture-pipeline";
import type { AnalysisStore, EstateView } from "@rollcall/posture-pipeline";
import { createLogger, fixedClock } from "@rollcall/platform";
import type { Stores } from "../create-stores.ts";
import { findingOf, resultOf } from "../testing/analysis.ts";
import { credentialOf, identityOf, listingOf } from "../testing/estate.ts";
import { stageListing } from "../testing/ingest-listing.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

const asOf = "2026-01-03T00:00:00.000Z";
const old = { status: "active", createdAt: "2020-01-01T00:00:00.000Z", lastRotatedAt: "2020-01-01T00:00:00.000Z" };

describe("removing sources while other work runs", () => {
  let rig: TestWorkspace;
  let stores: Stores;
  let workspace: string;
  let lines: string[];
  beforeAll(async () => {
    rig = await testWorkspace();
    stores = rig.stores;
  });
  afterAll(() => rig.end());
  beforeEach(async () => {
    workspace = await rig.newWorkspace();
    lines = [];
  });

  const deps = (analysis: AnalysisStore = stores.analysis) => ({
    ...stores,
    analysis,
    clock: fixedClock(asOf),
    logger: createLogger("test", { destination: { write: (line: string) => void lines.push(line) } }),
  });
  const stage = async (account: string, origin: "import" | "demo" = "import") => {
    const names = [1, 2, 3].map((n) => `${account}-${n}`);
    const observations = names.flatMap((name) => [identityOf(name), credentialOf(name, `key-${name}`, { facts: old })]);
    return (await stageListing(stores, workspace, { asOf, account, observations }, origin)).sync;
  };
  const load = async (account: string, origin: "import" | "demo" = "import") => {
    const sync = await stage(account, origin);
    await stores.ingest.apply(workspace, sync, []);
    await stores.ingest.materialise(workspace, sync, mergeObservations);
    return sync;
  };
  const count = async (table: string) =>
    Number((await rig.server.query(`select count(*)::int as n from ${table} where workspace_id = $1`, [workspace]))[0]!["n"]);
  const judgements = async () => ({ tasks: await count("task"), findings: await count("finding"), scores: await count("identity_score") });
  const nothing = { tasks: 0, findings: 0, scores: 0 };
  const waitsForLock = async () => {
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(20))
      if ((await rig.server.query(waiting)).length > 0) return;
    throw new Error("nobody came to wait for the lock");
  };

  it("an analysis that read the inventory before writes nothing back", async () => {
    const sync = await load("111122223333");
    let removed = 0;
    const interrupted: AnalysisStore = {
      ...stores.analysis,
      // Everything is judged by now; only the writing is left.
      write: async (...given) => {
        if (removed === 0) removed = await stores.ingest.removeSources(workspace, { sourceIds: [sync.sourceId] });
        return stores.analysis.write(...given);
      },
    };
    await analyseWorkspace(deps(interrupted), workspace);
    expect(removed).toBe(3);
    expect(await judgements()).toEqual(nothing);
    expect(lines.join()).toContain("starting over");
  });

  it("an analysis that is writing is waited for, and what it wrote goes too", async () => {
    const sync = await load("111122223333");
    // Holds the writer in the middle: it wants to replace a row of a table that somebody else has locked.
    const snapshot = await stores.analysis.snapshot(workspace);
    const { id } = snapshot.identities[0]!;
    const findings = [findingOf(id)];
    const tasks = reconcileWithFindings({ snapshot, findings, existing: [], now: asOf, asOf });
    const analysis = {
      asOf,
      dataDate: asOf,
      basis: snapshot.basis,
      identities: [resultOf(id)],
      findings,
      graph: { nodes: [], edges: [], gaps: [], indexByKey: new Map<string, number>(), totalWeight: 0 },
      posture: { score: 50, completeness: 50, tallies: [], kpis: {} },
    };
    const blocker = rig.server.query("begin; lock table rule_tally in access exclusive mode; select pg_sleep(1.5); commit");
    await pause(200);
    const writing = stores.analysis.write(workspace, analysis, tasks);
    await waitsForLock();
    const removing = stores.ingest.removeSources(workspace, { sourceIds: [sync.sourceId] });
    expect(await writing).toMatchObject({ opened: 1, tasksOpened: 1 });
    expect(await removing).toBe(3);
    await blocker;
    expect(await judgements()).toEqual(nothing);
  });

  it("an older analysis does not overwrite a newer one", async () => {
    await load("111122223333");
    let second = 0;
    const overtaken: AnalysisStore = {
      ...stores.analysis,
      write: async (...given) => {
        if (second++ === 0) {
          await load("444455556666");
          await analyseWorkspace(deps(), workspace);
        }
        return stores.analysis.write(...given);
      },
    };
    await analyseWorkspace(deps(overtaken), workspace);
    expect(second).toBe(2);
    expect(await judgements()).toMatchObject({ scores: 6 });
  });

  it("announces the analysis in the same transaction, once for all sources", async () => {
    await load("111122223333", "demo");
    await load("444455556666", "demo");
    await load("777788889999");
    await analyseWorkspace(deps(), workspace);
    await rig.server.query("delete from outbox");
    expect(await stores.ingest.removeSources(workspace, { origin: "demo" })).toBe(6);
    expect((await stores.outbox.pending(10)).map((entry) => entry.job)).toEqual([
      { name: "analyse-workspace", payload: { workspaceId: workspace, syncId: null } },
    ]);
    expect(await stores.read.sourceReadings(workspace)).toMatchObject([{ account: "777788889999" }]);
    expect(await stores.ingest.removeSources(workspace, { origin: "demo" })).toBe(0);
    expect(await stores.outbox.pending(10)).toEqual([]);
  });

  it("a load of that origin stops and brings nothing back", async () => {
    const ingestionId = await stores.ingestions.createIngestion(workspace, { files: [], origin: "demo", createdBy: null });
    const parsed = (account: string) => {
      const { sync, observations } = listingOf(ingestionId, { asOf, account, observations: [identityOf(account)] });
      return { ...sync, asOfBasis: "given" as const, observations };
    };
    function* imports() {
      yield parsed("111122223333");
      removal = stores.ingest.removeSources(workspace, { origin: "demo" });
      yield parsed("444455556666");
      yield parsed("777788889999");
    }
    let removal: Promise<number> = Promise.resolve(0);
    const views: EstateView[] = [{ at: asOf, imports: imports() }];
    const loading = loadHistory(deps(), { workspaceId: workspace, ingestionId, views }, { attempt: 1, isCancelled: async () => false });
    // Either it notices before it stages the next listing or staging refuses; the queue then asks again and it ends.
    await loading.catch((error: unknown) => expect(error).toMatchObject({ code: "conflict" }));
    await removal;
    await loadHistory(deps(), { workspaceId: workspace, ingestionId, views }, { attempt: 2, isCancelled: async () => false });
    expect(await stores.read.sourceReadings(workspace)).toEqual([]);
    expect(await count("ingestion")).toBe(1);
    expect(await rig.server.query("select status from ingestion where id = $1", [ingestionId])).toEqual([{ status: "cancelled" }]);
  });

  it("staging for a cancelled request is refused and leaves nothing", async () => {
    const ingestionId = await stores.ingestions.createIngestion(workspace, { files: [], origin: "import", createdBy: null });
    await stores.ingestions.cancelIngestion(workspace, ingestionId);
    const { sync, observations } = listingOf(ingestionId, { asOf, observations: [identityOf("ci")] });
    await expect(stores.ingest.stageSync(workspace, sync, observations)).rejects.toMatchObject({ code: "conflict" });
    expect(await count("source")).toBe(0);
  });
});
