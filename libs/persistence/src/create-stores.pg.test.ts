import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { IdentityFilter, IdentitySort } from "@rollcall/posture-pipeline";
import { createDatabase, type Database } from "./database/database.ts";
import { createStores, type Stores } from "./create-stores.ts";
import { lensPredicates, type Lens } from "./lens.ts";
import { analysisOf, findingOf, graphOf, resultOf, taskOf } from "./testing/analysis.ts";
import { credentialOf, identityOf } from "./testing/estate.ts";
import { ingestListing } from "./testing/ingest-listing.ts";
import { testDatabase, type TestDatabase } from "./testing/test-database.ts";

const asOf = "2026-01-03T00:00:00.000Z";
const event = { actorId: null, kind: "opened", text: null, fromState: null, toState: "open" };

describe("stores", () => {
  let server: TestDatabase;
  let database: Database;
  let stores: Stores;
  let workspace: string;
  let ids: Record<string, string>;
  beforeAll(async () => {
    server = await testDatabase();
    database = createDatabase(server);
    stores = createStores(server);
  });
  afterAll(async () => {
    await Promise.all([stores.close(), database.close()]);
    await server.drop();
  });
  const newWorkspace = async () => (await database.withSystem((tx) => tx.workspace.create({ data: { name: "test" } }))).id;
  const load = async (names: readonly string[]) => {
    const { ingestionId, sync } = await ingestListing(stores, workspace, {
      asOf,
      observations: names.flatMap((name) => [
        identityOf(name),
        credentialOf(name, `key-${name}`, { facts: { expiresAt: "2026-01-20T00:00:00.000Z", status: "active" } }),
      ]),
    });
    const { identities } = await stores.analysis.snapshot(workspace);
    ids = Object.fromEntries(identities.map((identity) => [identity.name, identity.id]));
    return { ingestionId, syncId: sync.id };
  };
  beforeEach(async () => {
    workspace = await newWorkspace();
  });

  it("reads the whole inventory back as it was merged", async () => {
    await load(["ci", "admin"]);
    await stores.triage.attestMany(
      workspace,
      [ids["ci"]!],
      { purpose: { known: "deploys", source: "person", observedAt: asOf } },
      "someone",
    );
    const snapshot = await stores.analysis.snapshot(workspace);
    expect(snapshot.identities.map((identity) => identity.name).sort()).toEqual(["admin", "ci"]);
    expect(snapshot.credentials).toHaveLength(2);
    expect(snapshot.sources).toMatchObject([{ connector: "aws", asOf }]);
    expect(snapshot.attested.get(ids["ci"]!)).toMatchObject({ purpose: { known: "deploys" } });
    expect((await stores.read.identityHistory(workspace, ids["ci"]!, { limit: 10 })).items[0]).toMatchObject({
      what: "attested",
      field: "purpose",
      before: null,
      after: "deploys",
    });
  });

  it("opens, keeps and resolves findings, and starts anew when one comes back", async () => {
    await load(["ci", "admin"]);
    const results = [resultOf(ids["ci"]!, { openFindings: 1, worstSeverity: "high" }), resultOf(ids["admin"]!)];
    expect(await stores.analysis.write(workspace, analysisOf(results, [findingOf(ids["ci"]!)]), [])).toMatchObject({
      opened: 1,
      resolved: 0,
      unchanged: 0,
    });
    const [first] = (await stores.read.listFindings(workspace, { filter: { state: "open" }, page: { limit: 10 } })).items;
    expect(first).toMatchObject({
      ruleId: "ROT-001",
      subjectName: "ci",
      severity: "high",
      firstSeenAt: asOf,
      provider: "aws",
      environment: "prod",
    });
    const later = { asOf: "2026-01-05T00:00:00.000Z" };
    expect(
      await stores.analysis.write(workspace, analysisOf(results, [findingOf(ids["ci"]!, { severity: "critical" })], later), []),
    ).toMatchObject({ opened: 0, resolved: 0, unchanged: 1 });
    const [kept] = (await stores.read.listFindings(workspace, { filter: {}, page: { limit: 10 } })).items;
    expect(kept).toMatchObject({ id: first!.id, severity: "critical", firstSeenAt: asOf, lastSeenAt: later.asOf });
    expect(await stores.analysis.write(workspace, analysisOf(results, [], { asOf: "2026-01-06T00:00:00.000Z" }), [])).toMatchObject({
      opened: 0,
      resolved: 1,
    });
    expect(
      await stores.analysis.write(workspace, analysisOf(results, [findingOf(ids["ci"]!)], { asOf: "2026-01-07T00:00:00.000Z" }), []),
    ).toMatchObject({ opened: 1 });
    expect((await stores.read.listFindings(workspace, { filter: {}, page: { limit: 10 } })).items.map((row) => row.state).sort()).toEqual([
      "open",
      "resolved",
    ]);
    expect(await stores.read.openFindingsByRule(workspace)).toEqual({ "ROT-001": 1 });
    expect(await stores.read.findingGroups(workspace, {})).toEqual([
      { ruleId: "ROT-001", worst: "high", bySeverity: { high: 1 }, open: 1, oldestFirstSeenAt: "2026-01-07T00:00:00.000Z" },
    ]);
  });

  it("gives the graph back as it was written, and a version that changes with it", async () => {
    await load(["ci"]);
    expect(await stores.read.graphVersion(workspace)).toBeNull();
    const plain = graphOf("bucket", "table\\with\ttabs", "secret");
    const traits = { wildcard: true, trust: [{ kind: "oidc" as const, party: "tab\there", subjectMatch: "none" as const }] };
    const graph = { ...plain, nodes: plain.nodes.map((node, at) => (at === 1 ? { ...node, traits } : node)) };
    await stores.analysis.write(workspace, analysisOf([resultOf(ids["ci"]!)], [], { graph }), []);
    const stored = await stores.read.graph(workspace);
    // The evidence of an edge is parsed when it is asked for.
    expect({ ...stored, edges: stored.edges.map((edge) => ({ ...edge, why: edge.why })) }).toEqual(graph);
    expect(stored.edges[0]!.why).toBe(stored.edges[0]!.why);
    const version = await stores.read.graphVersion(workspace);
    await stores.analysis.write(workspace, analysisOf([resultOf(ids["ci"]!)], [], { graph }), []);
    expect(await stores.read.graphVersion(workspace)).not.toBe(version);
  });

  it("shows every row once, in order, whatever the sort, the page size and the ties", async () => {
    const names = Array.from({ length: 23 }, (_, index) => `id-${String(index % 7)}-${index}`);
    await load(names);
    const results = names.map((name, index) =>
      resultOf(ids[name]!, {
        scoreMax: 40 + (index % 3),
        openFindings: index % 2,
        oldestCredentialDays: index % 4 === 0 ? null : index % 5,
        lastUsedAt: index % 6 === 0 ? null : `2026-01-0${1 + (index % 3)}T00:00:00.000Z`,
      }),
    );
    await stores.analysis.write(workspace, analysisOf(results), []);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<IdentitySort>("score", "name", "age", "last_used", "blast", "findings"),
        fc.constantFrom("asc" as const, "desc" as const),
        fc.integer({ min: 1, max: 30 }),
        async (sort, direction, limit) => {
          const seen: string[] = [];
          for (let cursor: string | undefined; ;) {
            const page = await stores.read.listIdentities(workspace, {
              filter: {},
              sort,
              direction,
              page: { limit, ...(cursor === undefined ? {} : { cursor }) },
            });
            expect(page.total).toEqual({ count: 23, capped: false });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...page.items.map((item) => item.name));
            if (page.nextCursor === null) break;
            cursor = page.nextCursor;
          }
          expect([...seen].sort()).toEqual([...names].sort());
          if (sort === "name")
            expect(seen).toEqual(
              direction === "asc" ? [...seen].sort((a, b) => a.localeCompare(b, "en")) : [...seen].sort((a, b) => b.localeCompare(a, "en")),
            );
        },
      ),
      { numRuns: 15 },
    );
    await expect(
      stores.read.listIdentities(workspace, { filter: {}, sort: "score", direction: "asc", page: { limit: 5, cursor: "nonsense" } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("counts in tiles and facets exactly the rows that its lists show", async () => {
    await load(["a", "b", "c", "d"]);
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => ids[name]!) as [string, string, string, string];
    await stores.analysis.write(
      workspace,
      analysisOf(
        [
          resultOf(a, { ownerLabel: null, lifecycle: "dormant", environment: null }),
          resultOf(b, { ownerLabel: null, lastUsedAt: null, nextExpiryAt: "2026-01-20T00:00:00.000Z" }),
          resultOf(c, { openFindings: 1, blast: { ...resultOf(c).blast, tierZeroMin: true, tierZeroMax: true } }),
          resultOf(d, { credentialCount: 0 }),
        ],
        [findingOf(c), findingOf(c, { ruleId: "PRIV-001", playbook: "narrow" })],
      ),
      [],
    );
    const count = async (filter: IdentityFilter) =>
      (await stores.read.listIdentities(workspace, { filter, sort: "score", direction: "desc", page: { limit: 50 } })).items.length;
    const lenses = Object.fromEntries(
      await Promise.all((Object.keys(lensPredicates) as Lens[]).map(async (lens) => [lens, await count({ lens: [lens] })])),
    );
    expect(lenses).toMatchObject({
      unowned: 2,
      dormant: 1,
      tier_zero: 1,
      expiring_30: 1,
      expired: 0,
      rotation_overdue: 1,
      over_privileged: 1,
      unknown_use: 1,
      with_findings: 1,
      ai_agent: 0,
    });
    const posture = await stores.read.posture(workspace);
    // What the analysis counted is what the page would count itself.
    expect(await server.query("select 1 from analysis_run where workspace_id = $1 and rollup is not null", [workspace])).toHaveLength(1);
    await server.query("update analysis_run set rollup = null");
    expect(await stores.read.posture(workspace)).toEqual(posture);
    const kpi = (id: string) => posture.kpis.find((candidate) => candidate.id === id)!;
    expect(kpi("ownership_coverage")).toMatchObject({
      value: 50,
      href: "/inventory?lens=unowned",
      detail: "2 of 4 identities have no owner",
      trend: [50],
    });
    expect(kpi("rotation_compliance").value).toBe(66.7);
    expect(kpi("dormant").value).toBe(25);
    expect(kpi("tier_zero").value).toBe(lenses["tier_zero"]);
    expect(kpi("expiring_30").value).toBe(lenses["expiring_30"]);
    expect(posture).toMatchObject({
      state: "ready",
      score: 71.5,
      identities: 4,
      openFindings: { high: 2, critical: 0 },
      demo: false,
      expiring: { in30: 4, expired: 0 },
    });
    expect(await count({ environment: [""] })).toBe(1);
    expect(await count({ rule: ["PRIV-001"], owner: ["platform"] })).toBe(1);
    expect(await count({ search: "%" })).toBe(0);
    const facets = await stores.read.identityFacets(workspace, { lens: ["unowned"] });
    expect(facets.find((facet) => facet.field === "environment")!.values).toEqual([
      { value: "", label: "Unknown", count: 1 },
      { value: "prod", label: "prod", count: 1 },
    ]);
    expect(facets.find((facet) => facet.field === "source")!.values).toMatchObject([{ label: "AWS 111122223333", count: 2 }]);
  });

  it("shows one identity with all that belongs to it", async () => {
    await load(["ci"]);
    await stores.analysis.write(workspace, analysisOf([resultOf(ids["ci"]!, { openFindings: 1 })], [findingOf(ids["ci"]!)]), [
      { task: taskOf(ids["ci"]!, randomUUID()), isNew: true, events: [event] },
    ]);
    const detail = await stores.read.identity(workspace, ids["ci"]!);
    expect(detail).toMatchObject({
      name: "ci",
      ref: "ref/ci",
      nativeId: "native-ci",
      credentials: [{ name: "key-ci", expiresAt: "2026-01-20T00:00:00.000Z", hasExpiry: true }],
      findings: [{ ruleId: "ROT-001", taskState: "open" }],
      tasks: [{ playbook: "rotate", findingCount: 1, scoreNow: { min: 30, max: 40 }, scoreAfter: { min: 20, max: 25 } }],
      asOf,
    });
    expect((await stores.read.listCredentials(workspace, { filter: { expiringWithinDays: 30 }, page: { limit: 10 } })).items).toMatchObject(
      [{ identityName: "ci" }],
    );
    expect((await stores.read.listCredentials(workspace, { filter: { expiringWithinDays: 10 }, page: { limit: 10 } })).items).toEqual([]);
  });

  it("lets the faster of two writers of a task win, and an analysis never overrides a person", async () => {
    await load(["ci"]);
    const task = taskOf(ids["ci"]!, randomUUID());
    const analysis = analysisOf([resultOf(ids["ci"]!)], [findingOf(ids["ci"]!)]);
    expect(await stores.analysis.write(workspace, analysis, [{ task, isNew: true, events: [event] }])).toMatchObject({
      tasksOpened: 1,
      tasksDone: 0,
    });
    const stored = (await stores.triage.task(workspace, task.id))!;
    expect(stored).toEqual(task);
    const claim = { ...event, actorId: "jo", kind: "claimed", toState: "claimed" };
    expect(await stores.triage.saveTask(workspace, { ...stored, state: "claimed", assigneeId: "jo" }, claim)).toBe(true);
    expect(await stores.triage.saveTask(workspace, { ...stored, state: "claimed", assigneeId: "mel" }, claim)).toBe(false);
    await stores.analysis.write(workspace, analysis, [{ task: { ...stored, severity: "low" }, isNew: false, events: [event] }]);
    expect(await stores.triage.task(workspace, task.id)).toMatchObject({ assigneeId: "jo", version: 2, severity: "high" });
    expect((await stores.triage.taskEvents(workspace, task.id)).map((row) => row.kind)).toEqual(["opened", "claimed"]);
    const mine = await stores.read.listTasks(workspace, { filter: { queue: "mine" }, viewerId: "jo", page: { limit: 10 } });
    expect(mine).toMatchObject({ items: [{ id: task.id, state: "claimed", overdue: true }], counts: { mine: 1, unassigned: 0, all: 1 } });
  });

  it("answers another workspace's ids as if they did not exist", async () => {
    const { ingestionId, syncId } = await load(["ci"]);
    const task = taskOf(ids["ci"]!, randomUUID());
    await stores.analysis.write(workspace, analysisOf([resultOf(ids["ci"]!)], [findingOf(ids["ci"]!)]), [
      { task, isNew: true, events: [] },
    ]);
    const stranger = await newWorkspace();
    expect(await stores.read.identity(stranger, ids["ci"]!)).toBeNull();
    expect(await stores.read.ingestion(stranger, ingestionId)).toBeNull();
    expect(await stores.triage.task(stranger, task.id)).toBeNull();
    expect(await stores.triage.attestMany(stranger, [ids["ci"]!], {}, "x")).toEqual([]);
    expect(await stores.triage.saveTask(stranger, task, event)).toBe(false);
    expect(await stores.ingestions.cancelIngestion(stranger, ingestionId)).toBe(false);
    expect(await stores.ingestions.approveRemovals(stranger, syncId, "x")).toBe(false);
    expect((await stores.read.listFindings(stranger, { filter: {}, page: { limit: 10 } })).total.count).toBe(0);
    expect((await stores.read.posture(stranger)).state).toBe("empty");
    expect(await stores.read.identity(workspace, "not-an-id")).toBeNull();
  });

  it("follows an ingestion from its request to its end", async () => {
    const { ingestionId, syncId } = await load(["ci"]);
    expect(await stores.read.ingestion(workspace, ingestionId)).toMatchObject({
      status: "processing",
      files: ["listing.json"],
      syncs: [{ status: "queued", counts: { added: 2 } }],
    });
    const run = (await stores.ingest.claim(workspace, syncId))!;
    await stores.ingest.setProgress(workspace, run, { phase: "analysing", done: 2, total: 2 });
    expect(await stores.ingest.awaitingAnalysis(workspace)).toEqual([{ id: syncId, epoch: run.epoch }]);
    expect(await stores.read.listSources(workspace)).toMatchObject([
      { state: "syncing", identities: 1, datasets: [{ dataset: "authorization_details", outcome: "complete", rows: 2 }] },
    ]);
    await stores.ingest.hold(workspace, run, { reason: "50 would go", removals: 50 });
    expect(await stores.read.ingestion(workspace, ingestionId)).toMatchObject({ status: "held", error: "50 would go" });
    await stores.ingest.setStatus(workspace, run, "completed");
    await stores.ingest.completeAnalysed(workspace, [run], 2);
    expect((await stores.read.ingestion(workspace, ingestionId))!).toMatchObject({
      status: "held",
      error: "50 would go",
      finishedAt: null,
    });
    expect(await stores.ingestions.approveRemovals(workspace, syncId, "jo")).toBe(true);
    expect(await stores.ingest.sync(workspace, syncId)).toMatchObject({ status: "queued", approvedRemovals: 50 });
    const pending = await stores.outbox.pending(1_000);
    expect(pending.map((entry) => entry.job)).toContainEqual({ name: "ingest-sync", payload: { workspaceId: workspace, syncId } });
    expect((await stores.outbox.pending(1_000)).map((entry) => entry.id)).not.toContain(pending.at(-1)!.id);
    await stores.outbox.acknowledge(pending.map((entry) => entry.id));
    const again = (await stores.ingest.claim(workspace, syncId))!;
    await stores.ingest.completeAnalysed(workspace, [run], 2);
    expect(await stores.read.ingestion(workspace, ingestionId)).toMatchObject({ status: "processing" });
    await stores.ingest.completeAnalysed(workspace, [again], 2);
    expect(await stores.read.ingestion(workspace, ingestionId)).toMatchObject({ status: "completed", syncs: [{ phase: "done", done: 2 }] });
    expect((await stores.read.listIngestions(workspace, { limit: 5 })).items.map((item) => item.id)).toEqual([ingestionId]);
    const second = await load(["ci"]);
    expect(await stores.ingestions.cancelIngestion(workspace, second.ingestionId)).toBe(true);
    expect(await stores.read.ingestion(workspace, second.ingestionId)).toMatchObject({
      status: "cancelled",
      syncs: [{ status: "cancelled" }],
    });
  });
});
