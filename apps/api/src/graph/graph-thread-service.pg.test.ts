import { afterAll, beforeAll, expect, test } from "vitest";
import { testRootKey } from "@rollcall/persistence/testing";
import { createStores, runtimeUrls } from "@rollcall/persistence";
import { createLogger } from "@rollcall/platform";
import { analyseWorkspace } from "@rollcall/posture-pipeline";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";
import { GraphThreadService } from "./graph-thread-service.ts";

let api: ApiUnderTest;
let admin: Browser;
let workspaceId: string;
let billing: string;
const services: GraphThreadService[] = [];
const logger = createLogger("test", { level: "silent" });

function service(timeLimitMillis?: number): GraphThreadService {
  const made = new GraphThreadService({
    data: { ...runtimeUrls(api.database.ownerUrl, testRootKey), memoryBytes: 1e8 },
    logger,
    ...(timeLimitMillis === undefined ? {} : { timeLimitMillis }),
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
  const graphs = service(1);
  await expect(graphs.ask(workspaceId, radius(billing))).rejects.toMatchObject({ code: "unavailable" });
  const patient = service();
  expect((await patient.ask(workspaceId, radius(billing))).blast.min).toBe(640);
});
