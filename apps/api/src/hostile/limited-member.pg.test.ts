import { afterAll, beforeAll, expect, test } from "vitest";
import type { Facet, IdentityRow, MemberRow, TaskView, TeamRow } from "@rollcall/posture-pipeline";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";
import { applyIngestion } from "../testing/apply-ingestion.ts";
import { multipart } from "../testing/multipart.ts";

interface ListOf<T> {
  readonly items: readonly T[];
}

const ownerOfBilling = "olga@example.org";
let api: ApiUnderTest;
let admin: Browser;
/** An analyst, limited to a team that answers for billing. */
let paula: Browser;
let paulaId: string;
let idOf: ReadonlyMap<string, string>;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  paula = await api.invite(admin, "analyst", "paula@example.org");
  await analysedWorkspace(api, admin, ownerOfBilling);
  const everything = await admin.query<ListOf<IdentityRow>>("identities.list", {});
  idOf = new Map(everything.items.map((row) => [row.name, row.id]));
  const members = await admin.query<readonly MemberRow[]>("settings.members.list");
  paulaId = members.find((member) => member.email === "paula@example.org")!.userId;
  await admin.mutate("settings.teams.save", { id: null, name: "Payments", owners: ["Olga@Example.org"], memberIds: [paulaId] });
  await admin.mutate("settings.members.setLimited", { userId: paulaId, limited: true });
});
afterAll(() => api?.stop());

const rowsOf = async (browser: Browser, path: string, input: object): Promise<readonly unknown[]> =>
  (await browser.query<ListOf<unknown>>(path, input)).items;
const statusOf = async (browser: Browser, path: string, input: object): Promise<number> => (await browser.queryRaw(path, input)).statusCode;
/** What somebody is told, without what differs from request to request. */
const toldOf = async (browser: Browser, path: string, input: object): Promise<string> => {
  const response = await browser.queryRaw(path, input);
  return `${response.statusCode} ${response.body.replace(/"requestId":"[^"]*"/, "")}`;
};

test("every list ends at what the teams answer for", async () => {
  const mine = await paula.query<ListOf<IdentityRow>>("identities.list", {});
  expect(mine.items.map((row) => row.name)).toEqual(["billing"]);
  const [billing, everyTask] = [idOf.get("billing")!, { filter: { queue: "all", state: [] } }];
  for (const [path, input] of [
    ["credentials.list", {}],
    ["findings.list", {}],
    ["tasks.list", everyTask],
  ] as const) {
    const theirs = JSON.stringify(await rowsOf(paula, path, input));
    const all = await rowsOf(admin, path, input);
    // The same rows that an admin sees about billing: not fewer, not more.
    expect(JSON.parse(theirs)).toEqual(all.filter((row) => JSON.stringify(row).includes(billing)));
    expect(JSON.parse(theirs)).not.toHaveLength(0);
    expect(all.length).toBeGreaterThan((JSON.parse(theirs) as unknown[]).length);
  }
  const facets = await paula.query<readonly Facet[]>("identities.facets", {});
  expect(facets.flatMap((facet) => facet.values).every((value) => value.count === 1)).toBe(true);
  const namesFor = async (search: string): Promise<readonly string[]> =>
    (await paula.query<ListOf<IdentityRow>>("identities.list", { filter: { search } })).items.map((row) => row.name);
  expect(await namesFor("illin")).toEqual(["billing"]);
  expect(await namesFor("crawler")).toEqual([]);
  const csv = await paula.get("/api/v1/identities?format=csv");
  expect(csv.body.trimEnd().split("\r\n")).toHaveLength(2);
});

test("how a rule came out is counted over their own", async () => {
  const groups = await paula.query<readonly { open: number; pass: number; unknown: number }[]>("findings.groups", {});
  expect(groups.length).toBeGreaterThan(0);
  for (const group of groups) expect([group.open, group.pass, group.unknown]).toEqual([1, 0, 0]);
});

test("what belongs to others is answered like what never was", async () => {
  const never = "0190b0a0-0000-7000-8000-00000000dead";
  const crawler = idOf.get("crawler")!;
  for (const [path, name] of [
    ["identities.get", "id"],
    ["graph.radius", "node"],
    ["graph.exposure", "node"],
    ["graph.expand", "node"],
    ["identities.history", "id"],
  ] as const) {
    expect(await toldOf(paula, path, { [name]: crawler }), path).toBe(await toldOf(paula, path, { [name]: never }));
    expect(await statusOf(paula, path, { [name]: idOf.get("billing")! }), path).toBe(200);
  }
  // The name that the graph itself uses opens no side door.
  expect(await statusOf(paula, "graph.radius", { node: "identity:bot/crawler" })).toBe(404);
  const theirs = await rowsOf(admin, "tasks.list", { filter: { queue: "all", subject: crawler } });
  expect(await statusOf(paula, "tasks.get", { id: (theirs[0] as { id: string }).id })).toBe(404);
});

test("what other tools report is theirs only about their own", async () => {
  const finding = (name: string) => ({
    class_uid: 2004,
    metadata: { product: { name: "Scanner" } },
    finding_info: { uid: `about-${name}`, title: `About ${name}` },
    resources: [{ uid: `bot/${name}` }],
  });
  const content = JSON.stringify([finding("billing"), finding("crawler")]);
  const file = multipart([{ name: "file", filename: "findings.ocsf.json", content }]);
  const sent = await admin.send({ method: "POST", url: "/api/v1/ingestions", ...file });
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  await applyIngestion(api, workspace.id, sent.json());
  const subjects = async (browser: Browser) =>
    (await browser.query<ListOf<{ subjectRef: string }>>("reports.list", {})).items.map((row) => row.subjectRef);
  expect(await subjects(admin)).toEqual(["bot/billing", "bot/crawler"]);
  expect(await subjects(paula)).toEqual(["bot/billing"]);
});

test("nothing that covers the whole workspace", async () => {
  for (const path of ["posture.get", "graph.chokePoints", "sources.list", "frameworks.list", "settings.members.list"])
    expect(await statusOf(paula, path, {}), path).toBe(403);
  const upload = multipart([{ name: "file", filename: "more.ndjson", content: "{}" }]);
  expect((await paula.send({ method: "POST", url: "/api/v1/ingestions", ...upload })).statusCode).toBe(403);
});

test("they state facts about their own, and cannot about others", async () => {
  const state = (name: string) => paula.mutateRaw("identities.attest", { id: idOf.get(name)!, facts: { purpose: "Sends invoices" } });
  expect((await state("billing")).statusCode).toBe(200);
  expect((await state("crawler")).statusCode).toBe(404);
});

test("a task goes to them only when they would see it", async () => {
  const assign = async (name: string) => {
    const [task] = await rowsOf(admin, "tasks.list", { filter: { queue: "all", subject: idOf.get(name)! } });
    const { id, version } = task as TaskView;
    return admin.mutateRaw("tasks.act", { id, version, event: "assign", assigneeId: paulaId });
  };
  expect((await assign("crawler")).statusCode).toBe(400);
  const given = await assign("billing");
  expect(given.statusCode, given.body).toBe(200);
});

test("an answer somebody else asks for meanwhile is not limited", async () => {
  const counts = await Promise.all(
    Array.from({ length: 40 }, async (_, turn) => (await rowsOf(turn % 2 === 0 ? paula : admin, "identities.list", {})).length),
  );
  expect(counts).toEqual(Array.from({ length: 40 }, (_, turn) => (turn % 2 === 0 ? 1 : 5)));
});

test("a change of the team, or of the limit, holds from the next request on", async () => {
  const [team] = await admin.query<readonly TeamRow[]>("settings.teams.list");
  await admin.mutate("settings.teams.save", { ...team!, owners: [] });
  expect(await rowsOf(paula, "identities.list", {})).toEqual([]);
  expect((await paula.query<{ limitedTo: readonly string[] }>("session.me")).limitedTo).toEqual(["Payments"]);
  await admin.mutate("settings.members.setLimited", { userId: paulaId, limited: false });
  expect(await rowsOf(paula, "identities.list", {})).toHaveLength(5);
  expect((await paula.query<{ limitedTo: null }>("session.me")).limitedTo).toBeNull();
});

test("teams: one name each, only members, and no limit for an admin", async () => {
  const save = (team: object) => admin.mutateRaw("settings.teams.save", { id: null, owners: [], memberIds: [], ...team });
  expect((await save({ name: "payMENTS" })).statusCode).toBe(409);
  expect((await save({ name: "Other", memberIds: ["nobody"] })).statusCode).toBe(400);
  const { user } = await admin.query<{ user: { id: string } }>("session.me");
  expect((await admin.mutateRaw("settings.members.setLimited", { userId: user.id, limited: true })).statusCode).toBe(409);
  await admin.mutate("settings.members.setLimited", { userId: paulaId, limited: true });
  await admin.mutate("settings.members.setRole", { userId: paulaId, role: "admin" });
  expect(await rowsOf(paula, "identities.list", {})).toHaveLength(5);
});
