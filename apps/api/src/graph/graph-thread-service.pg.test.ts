import { afterAll, beforeAll, expect, test } from "vitest";
import { testRootKey } from "@rollcall/persistence/testing";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import { createLogger } from "@rollcall/platform";
import { analyseWorkspace } from "@rollcall/posture-pipeline";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";
import { GraphThreadService, type ThreadOptions } from "./graph-thread-service.ts";

let api: ApiUnderTest;
let admin: Browser;
let workspaceId: string;
let billing: string;
const services: GraphThreadService[] = [];
const logger = createLogger("test", { level: "silent" });

function service(
  limits: Pick<ThreadOptions, "timeLimitMillis" | "waitLimitMillis"> = {},
  reachDatasets: ThreadOptions["data"]["reachDatasets"] = {},
): GraphThreadService {
  const made = new GraphThreadService({
    data: { ...runtimeUrls(api.database.ownerUrl, testRootKey), memoryBytes: 1e8, reachDatasets },
    logger,
    ...limits,
  });
  services.push(made);
  return made;
}

beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  await analysedWorkspace(api, admin, "owner@example.org");
  workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
  const { items } = await admin.query<{ items: { id: string; name: string }[] }>("identities.list", { filter: { search: "billing" } });
  billing = items.find((row) => row.name === "billing")!.id;
});
afterAll(async () => {
  await Promise.all(services.map((each) => each.close()));
  await api.stop();
});

const radius = (node: string) => ({ name: "radius", input: { node, open: [], show: [] } }) as const;

test("the thread answers from the graph of the newest analysis", async () => {
  const graphs = service();
  const first = await graphs.ask(workspaceId, radius(billing));
  expect(first.blast).toMatchObject({ min: 640, max: 640, assets: { min: 1, max: 1 } });
  const stores = createStores(runtimeUrls(api.database.ownerUrl, testRootKey));
  await analyseWorkspace({ ...stores, clock: api.clock, logger }, workspaceId);
  await stores.close();
  const second = await graphs.ask(workspaceId, radius(billing));
  expect(second.version).not.toBe(first.version);
  expect(second.blast).toEqual(first.blast);
});

test("a source that was read in part since makes the same answer at least, by the names of its datasets", async () => {
  const graphs = service({}, { "push/machines": "Machines", "push/usage": null });
  const asked = async () => {
    const { atLeast, lags, oldest } = await graphs.ask(workspaceId, radius(billing));
    return { atLeast, inPart: lags.flatMap(({ reason, datasets }) => [reason, ...datasets]), dated: oldest !== null };
  };
  const partial = (dataset: string, outcome: string) =>
    api.database.query("update scope set dataset = $2, outcome = $3 where workspace_id = $1", [workspaceId, dataset, outcome]);
  expect(await asked()).toEqual({ atLeast: false, inPart: [], dated: true });
  await partial("machines", "partial");
  expect(await asked()).toEqual({ atLeast: true, inPart: ["partial", "Machines"], dated: true });
  await partial("usage", "denied");
  expect(await asked()).toMatchObject({ atLeast: false });
  await partial("whatever was pushed", "failed");
  expect(await asked()).toMatchObject({ atLeast: true, inPart: ["partial", "whatever was pushed"] });
  await partial("all", "complete");
});

test("an unknown node, a strange workspace and one without an analysis are not found", async () => {
  const graphs = service();
  await expect(graphs.ask(workspaceId, radius("identity:nobody"))).rejects.toMatchObject({ code: "not_found" });
  await expect(graphs.ask("0190b0a0-0000-7000-8000-00000000ffff", radius(billing))).rejects.toMatchObject({ code: "not_found" });
});

test("what is asked while the thread is lost is asked again; what nobody waits for is given up", async () => {
  const graphs = service();
  await graphs.ask(workspaceId, radius(billing));
  const asked = graphs.ask(workspaceId, radius(billing));
  await graphs.loseThread();
  expect((await asked).blast.min).toBe(640);

  const away = new AbortController();
  const withdrawn = graphs.ask(workspaceId, radius(billing), { signal: away.signal });
  away.abort();
  await expect(withdrawn).rejects.toMatchObject({ code: "cancelled" });
});

test("an answer that takes too long is refused, and the next question is answered", async () => {
  const hasty = service({ waitLimitMillis: 1 });
  await expect(hasty.ask(workspaceId, radius(billing))).rejects.toMatchObject({ code: "unavailable" });
  const patient = service();
  expect((await patient.ask(workspaceId, radius(billing))).blast.min).toBe(640);
});

test("the time a question may take begins when its graph is loaded", async () => {
  // Naming changes reads the inventory, which takes longer than this; loading the graph takes longer still and does not count.
  const graphs = service({ timeLimitMillis: 1 });
  await expect(graphs.ask(workspaceId, { name: "changes", input: { node: billing } })).rejects.toMatchObject({
    code: "unavailable",
    retryAfterSeconds: 30,
  });
  const loads = service({ timeLimitMillis: 5_000, waitLimitMillis: 60_000 });
  expect((await loads.ask(workspaceId, radius(billing))).blast.min).toBe(640);
});

test("a plan is tried on the stored graph: what is lost, what it is called, and what is left", async () => {
  const graphs = service();
  const offers = await graphs.ask(workspaceId, { name: "changes", input: { node: billing } });
  const removal = offers.find((offer) => offer.change.kind === "remove_grant")!;
  expect(removal.title).toBe("Remove the grant from billing to ledger");
  const input = { changes: [removal.change], focus: billing, open: [], show: [] };
  const answer = await graphs.ask(workspaceId, { name: "whatIf", input });
  expect(answer.steps.map((step) => step.title)).toEqual([removal.title]);
  expect(answer.focus).toMatchObject({ remains: true, lostTotal: 1, radius: { before: { min: 640 }, after: { min: 0 } } });
  expect(answer.focus!.picture!.units).toEqual([]);
  expect(answer.focus!.score!.after.max).toBeLessThan(answer.focus!.score!.before.max);
  expect(answer.riskCutPct).toBe(100);
});

test("choke points are ranked apart and are those that the plan confirms", async () => {
  const { graphs } = api.parts.services;
  await expect.poll(async () => (await graphs.chokePoints(workspaceId)).state, { timeout: 30_000 }).toBe("ready");
  const answer = await graphs.chokePoints(workspaceId);
  if (answer.state !== "ready") throw new Error("not ready");
  const { changes, cut } = answer.ranked[0]!;
  const { risk } = await graphs.ask(workspaceId, { name: "whatIf", input: { changes, focus: null, open: [], show: [] } });
  expect(risk.before.min - risk.after.min).toBe(cut.min);

  const key = await api.apiKey(["read"], workspaceId);
  const board = await api.withKey(key, { method: "GET", url: "/api/v1/choke-points" });
  expect(board.json()).toMatchObject({ state: "ready", ranked: [{ cut }] });
  const radiusReply = await api.withKey(key, { method: "GET", url: `/api/v1/identities/${billing}/blast-radius` });
  expect(radiusReply.json()).toMatchObject({ blast: { min: 640 }, node: { label: "billing" } });
  const refused = await api.withKey(key, { method: "POST", url: "/api/v1/what-if", payload: { changes } });
  expect(refused.statusCode).toBe(403);
  const triage = await api.apiKey(["triage"], workspaceId);
  const plan = await api.withKey(triage, { method: "POST", url: "/api/v1/what-if", payload: { changes, focus: billing } });
  expect(plan.json()).toMatchObject({ focus: { lostTotal: 1 } });
});
