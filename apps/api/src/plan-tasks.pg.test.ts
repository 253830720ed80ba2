import { afterAll, beforeAll, expect, test } from "vitest";
import type { OfferedChange, OpenedPlan, TaskPlanView, TaskView } from "@rollcall/posture-pipeline";
import { analysedEstate, estate } from "./testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "./testing/api-under-test.ts";

let api: ApiUnderTest;
let admin: Browser;
let workspaceId: string;
let billing: string;
let removal: OfferedChange;

/** As of a later day; `closed` = the grant leads to something else, as a sync would find it after the change. */
const estateOf = (day: number, closed: boolean): string => {
  const spare = { kind: "resource", ref: "store/spare", resourceKind: "data_store", name: "spare", provider: "test", attributes: {} };
  const dated = estate("owner@example.org").replace("2026-11-01", `2026-11-${String(day).padStart(2, "0")}`);
  return `${closed ? dated.replace('"to":"store/ledger"', '"to":"store/spare"') : dated}\n${JSON.stringify(spare)}`;
};
const task = (id: string): Promise<TaskView> => admin.query<TaskView>("tasks.get", { id });
const audit = async (action: string): Promise<readonly { objectId: string | null; detail: Record<string, unknown> }[]> =>
  (
    await admin.query<{ items: readonly { objectId: string | null; detail: Record<string, unknown> }[] }>("audit.list", {
      filter: { action },
    })
  ).items;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  await analysedEstate(api, admin, estateOf(1, false));
  workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
  const { items } = await admin.query<{ items: { id: string; name: string }[] }>("identities.list", { filter: { search: "billing" } });
  billing = items.find((row) => row.name === "billing")!.id;
  const offers = await admin.query<readonly OfferedChange[]>("graph.changes", { node: billing });
  removal = offers.find((offer) => offer.change.kind === "remove_grant")!;
});
afterAll(() => api?.stop());

const openRemoval = (): Promise<OpenedPlan> => admin.mutate<OpenedPlan>("tasks.openPlan", { changes: [removal.change], focus: billing });

test("a plan becomes a task with its steps, whom it affects and what is expected, once", async () => {
  const first = await openRemoval();
  expect(first.opened).toBe(true);
  expect(await openRemoval()).toEqual({ taskId: first.taskId, opened: false });
  const view = await task(first.taskId);
  expect(view).toMatchObject({ title: removal.title, playbook: "plan", subjectKind: "plan", state: "open", severity: "critical" });
  expect(view.plan satisfies TaskPlanView | null).toMatchObject({
    steps: [{ title: removal.title, change: removal.change }],
    riskCutPct: 100,
    focus: { label: "billing", entityId: billing },
    affected: [{ label: "billing" }],
    edges: 1,
  });
  expect(view.plan).not.toHaveProperty("check");
  expect(view.events.map((event) => event.kind)).toEqual(["opened"]);
  expect(await audit("task.opened")).toMatchObject([{ objectId: first.taskId, detail: { steps: 1, riskCutPct: 100 } }]);
  // The identity it was made for shows it among its tasks, and the list says what it cuts.
  const listed = await admin.query<{ items: readonly TaskView[] }>("tasks.list", {
    filter: { queue: "all", subject: billing, playbook: ["plan"] },
  });
  expect(listed.items).toMatchObject([{ id: first.taskId, subjectName: "billing", plan: { steps: 1, riskCutPct: 100 } }]);
});

test("only stewards open and withdraw plans; over the API a key that may triage", async () => {
  const input = { changes: [removal.change], focus: billing };
  for (const role of ["owner", "auditor"] as const) {
    const person = await api.invite(admin, role, `${role}@example.org`);
    expect((await person.mutateRaw("tasks.openPlan", input)).statusCode).toBe(403);
    expect((await person.mutateRaw("tasks.withdrawPlan", { id: (await openRemoval()).taskId, version: 1 })).statusCode).toBe(403);
  }
  const reader = await api.apiKey(["read"], workspaceId);
  expect((await api.withKey(reader, { method: "POST", url: "/api/v1/tasks", payload: input })).statusCode).toBe(403);
  const key = await api.apiKey(["triage"], workspaceId);
  const known = await api.withKey(key, { method: "POST", url: "/api/v1/tasks", payload: input });
  expect(known.statusCode).toBe(200);
  const changes = [{ kind: "delete_identity", identity: "identity:bot/crawler" }];
  const made = await api.withKey(key, { method: "POST", url: "/api/v1/tasks", payload: { changes } });
  expect(made.statusCode).toBe(201);
  const { id, version } = made.json<TaskView>();
  const gone = { method: "DELETE", url: `/api/v1/tasks/${id}?version=${version}` } as const;
  expect((await api.withKey(key, { ...gone, url: gone.url.replace(/\d+$/, "99") })).statusCode).toBe(409);
  expect((await api.withKey(key, gone)).statusCode).toBe(204);
  expect((await api.withKey(key, gone)).statusCode).toBe(404);
  expect(await audit("task.withdrawn")).toMatchObject([{ objectId: id, detail: { from: "open" } }]);
});

test("a task that findings opened is not withdrawn, and a plan is no false positive", async () => {
  const { items } = await admin.query<{ items: readonly TaskView[] }>("tasks.list", { filter: { queue: "all" } });
  const found = items.find((row) => row.playbook !== "plan")!;
  expect((await admin.mutateRaw("tasks.withdrawPlan", { id: found.id, version: found.version })).statusCode).toBe(400);
  const view = await task((await openRemoval()).taskId);
  expect(view.allowed.find(({ event }) => event === "false_positive")!.refusal).toContain("withdrawn");
});

test("steps that close nothing become no task", async () => {
  const reply = await admin.mutateRaw("tasks.openPlan", { changes: [{ kind: "remove_grant", grant: "none" }], focus: null });
  expect(reply.statusCode).toBe(400);
  expect(reply.body).toContain("no later sync could tell");
});

test("the data closes the task, not a click; and opens it again", async () => {
  const { taskId } = await openRemoval();
  for (const event of ["claim", "start", "submit"])
    await admin.mutate("tasks.act", { id: taskId, version: (await task(taskId)).version, event });
  api.clock.forwardMinutes(1);
  await analysedEstate(api, admin, estateOf(2, false));
  expect((await task(taskId)).state).toBe("verifying");
  await analysedEstate(api, admin, estateOf(29, false));
  expect((await task(taskId)).state).not.toBe("done");
  await analysedEstate(api, admin, estateOf(30, true));
  expect(await task(taskId)).toMatchObject({ state: "done", plan: { riskCutPct: 100 } });
  await analysedEstate(api, admin, estateOf(30, false).replace("2026-11-30", "2026-12-01"));
  expect(await task(taskId)).toMatchObject({ state: "reopened" });
  expect((await task(taskId)).events.at(-1)).toMatchObject({ kind: "reopen", text: "What the plan closed is open again." });
});

test("a plan goes with the source it speaks of", async () => {
  const { taskId } = await openRemoval();
  const [source] = await admin.query<readonly { id: string }[]>("sources.list");
  await admin.mutate("sources.remove", { id: source!.id });
  expect((await admin.queryRaw("tasks.get", { id: taskId })).statusCode).toBe(404);
});
