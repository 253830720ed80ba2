import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type {
  FindingGroup,
  IdentityRow,
  IdentityView,
  IngestionView,
  ReachedPage,
  RoutesView,
  SourceView,
  TaskView,
} from "@rollcall/posture-pipeline";
import { analysedWorkspace, formulaName } from "../testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";
import { identityView } from "./schemas/identity.ts";
import { ingestionView } from "./schemas/ingestion.ts";
import { frameworkSummary, frameworkView, postureView } from "./schemas/posture.ts";
import { taskView } from "./schemas/task.ts";
import { credentialRow, findingRow, identityRow, taskRow } from "./schemas/rows.ts";

const ownerEmail = "olga@example.org";
let api: ApiUnderTest;
let admin: Browser;
let olga: Browser;
let otto: Browser;
let ingestion: IngestionView;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
  olga = await api.invite(admin, "owner", ownerEmail);
  otto = await api.invite(admin, "owner", "otto@example.org");
  ingestion = await analysedWorkspace(api, admin, ownerEmail);
});
afterAll(() => api?.stop());

interface ListOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
const identities = () => admin.query<ListOf<IdentityRow>>("identities.list", {});
const idOf = async (name: string): Promise<string> => (await identities()).items.find((row) => row.name === name)!.id;

describe("lists", () => {
  test("pages follow one another without gap or repetition, through the Link header", async () => {
    const seen: string[] = [];
    let url: string | undefined = "/api/v1/identities?limit=2&sort=name&direction=asc";
    for (let page = 0; url !== undefined && page < 10; page += 1) {
      const response = await admin.get(url);
      expect(response.statusCode, response.body).toBe(200);
      seen.push(...response.json<ListOf<IdentityRow>>().items.map((row) => row.name));
      url = /<([^>]+)>; rel="next"/.exec(String(response.headers.link ?? ""))?.[1];
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  test("a cursor that was tampered with is a 400", async () => {
    const response = await admin.get("/api/v1/identities?cursor=nonsense");
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([400, "invalid_input"]);
  });

  test.each([
    ["identities", identityRow],
    ["credentials", credentialRow],
    ["findings", findingRow],
    ["tasks", taskRow],
  ])("%s are what the OpenAPI document says", async (name, row) => {
    const response = await admin.get(`/api/v1/${name}`);
    expect(response.statusCode, response.body).toBe(200);
    const page = z.strictObject({ items: z.array(row.strict()), nextCursor: z.string().nullable() }).parse(response.json());
    expect(page.items.length).toBeGreaterThan(0);
  });

  test("CSV has every row of the filter and disarms formulas", async () => {
    const response = await admin.send({ method: "GET", url: "/api/v1/identities?limit=1", headers: { accept: "text/csv" } });
    expect(response.headers["content-type"]).toContain("text/csv");
    const lines = response.body.trimEnd().split("\r\n");
    expect(lines[0]).toContain("id,name,kind");
    expect(lines).toHaveLength(6);
    expect(response.body).toContain(`"'${formulaName.replaceAll('"', '""')}"`);
  });

  test("a link asks for CSV with a parameter, which wins over Accept", async () => {
    const csv = await admin.get("/api/v1/identities?format=csv&kind=bot&kind=role");
    expect([csv.statusCode, csv.headers["content-disposition"]]).toEqual([200, 'attachment; filename="rollcall-identities.csv"']);
    expect(csv.body.trimEnd().split("\r\n")).toHaveLength(6);
    const json = await admin.send({ method: "GET", url: "/api/v1/identities?format=json", headers: { accept: "text/csv" } });
    expect(json.headers["content-type"]).toContain("application/json");
  });

  test("filters narrow", async () => {
    const page = await admin.query<ListOf<IdentityRow>>("identities.list", { filter: { search: "billing" } });
    expect(page.items.map((row) => row.name)).toEqual(["billing"]);
  });
});

describe("views", () => {
  test("an identity tells facts with their words, unknowns with the way to know, and its score as terms", async () => {
    const response = await admin.get(`/api/v1/identities/${await idOf("billing")}`);
    const view = identityView.strict().parse(response.json()) as IdentityView;
    expect(view.facts.find((fact) => fact.path === "environment")).toMatchObject({ label: "Environment", value: "Production" });
    const missing = view.facts.filter((fact) => "unknown" in fact);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.every((fact) => "howToKnow" in fact && fact.howToKnow !== "")).toBe(true);
    expect(view.terms.length).toBeGreaterThan(0);
    expect(view.findings.every((finding) => finding.ruleTitle !== finding.ruleId)).toBe(true);
    expect(view.unknownRules.every((rule) => rule.title !== rule.ruleId)).toBe(true);
  });

  test("what it reaches, with the path", async () => {
    const id = await idOf("billing");
    const reached = await admin.query<ReachedPage>("graph.expand", { node: id });
    expect(reached.items).toEqual([expect.objectContaining({ label: "ledger", level: "write", hop: 1 })]);
    const { routes } = await admin.query<RoutesView>("graph.routes", { from: id, to: reached.items[0]!.key });
    expect(routes.map((route) => route.hops.length)).toEqual([1]);
  });

  test("posture, frameworks and the ingestion are what the document says", async () => {
    const posture = postureView.strict().parse((await admin.get("/api/v1/posture")).json());
    expect(posture).toMatchObject({ state: "ready", identities: 5, demo: false });
    expect(posture.owaspNhi).toHaveLength(10);
    expect(posture.formula).not.toBe("");
    const frameworks = z.strictObject({ items: z.array(frameworkSummary.strict()) }).parse((await admin.get("/api/v1/frameworks")).json());
    expect(frameworks.items.map((framework) => framework.id)).toContain("nist-csf-2.0");
    const framework = frameworkView.strict().parse((await admin.get("/api/v1/frameworks/owasp-nhi-2025")).json());
    const filed = (await admin.get("/api/v1/frameworks/owasp-nhi-2025?format=csv")).payload.trimEnd().split("\r\n");
    expect(filed[0]).toBe("control,label,parent,coverage,status,reason,openFindings,rule,ruleTitle,pass,fail,unknown,notApplicable");
    expect(filed).toHaveLength(1 + framework.controls.reduce((rows, { rules }) => rows + Math.max(1, rules.length), 0));
    const [rule] = framework.controls.flatMap(({ rules }) => rules);
    expect(filed.filter((row) => row.includes(`,${rule!.ruleId},`))).not.toEqual([]);
    const overdue = (await admin.get("/api/v1/tasks?overdue=true&queue=all")).json<{ items: readonly { dueAt: string }[] }>().items;
    expect(overdue.every(({ dueAt }) => Date.parse(dueAt) < Date.now())).toBe(true);
    expect((await admin.get("/api/v1/tasks?overdue=maybe")).statusCode).toBe(400);
    expect((await admin.get("/api/v1/frameworks/nothing")).statusCode).toBe(404);
    const done = ingestionView.strict().parse((await admin.get(`/api/v1/ingestions/${ingestion.id}`)).json());
    expect(done).toMatchObject({ status: "completed" });
  });

  test("findings by rule, with what passed and what is unknown; a control as a filter", async () => {
    const groups = await admin.query<FindingGroup[]>("findings.groups", {});
    expect(groups.length).toBeGreaterThan(0);
    expect(groups.every((group) => group.title !== group.ruleId && group.open > 0)).toBe(true);
    const [group] = groups;
    const rule = await admin.query<{ controls: { frameworkId: string; controlId: string }[] }>("findings.rule", { ruleId: group!.ruleId });
    const control = rule.controls.find((each) => each.frameworkId === "owasp-nhi-2025")!;
    const under = await admin.query<ListOf<{ ruleId: string }>>("findings.list", {
      filter: { control: `owasp-nhi-2025/${control.controlId}` },
    });
    expect(under.items.some((finding) => finding.ruleId === group!.ruleId)).toBe(true);
    expect((await admin.query<ListOf<unknown>>("findings.list", { filter: { control: "no such control" } })).items).toEqual([]);
  });

  test("a source says in a sentence what was read and when it speaks of", async () => {
    const sources = await admin.query<SourceView[]>("sources.list");
    expect(sources.find((source) => source.connector === "push")?.sentence).toBe("Read 1 of 1 dataset, as of 1 November 2026.");
  });
});

describe("other workspaces", () => {
  test("an identity, a task and a finding of somebody else are answered like ids that never were", async () => {
    const [{ id: otherWorkspace }] = (await api.database.query("insert into workspace (name) values ('Other') returning id")) as [
      { id: string },
    ];
    const key = await api.apiKey(["admin"], otherWorkspace);
    const bare = async (id: string) => {
      const response = await api.withKey(key, { method: "GET", url: `/api/v1/identities/${id}` });
      return [response.statusCode, response.body.replace(/"requestId":"[^"]*"/, "")];
    };
    const foreign = await bare(await idOf("billing"));
    expect(foreign[0]).toBe(404);
    expect(foreign).toEqual(await bare("0190b0a0-0000-7000-8000-00000000dead"));
    for (const list of ["identities", "credentials", "findings", "tasks"]) {
      const response = await api.withKey(key, { method: "GET", url: `/api/v1/${list}` });
      expect(response.json<ListOf<unknown>>().items).toEqual([]);
    }
  });
});

describe("tasks", () => {
  const openTask = async (subject: string, playbook: string): Promise<TaskView> => {
    const page = await admin.query<ListOf<{ id: string; playbook: string }>>("tasks.list", {
      filter: { queue: "all", subject: await idOf(subject) },
    });
    const task = page.items.find((candidate) => candidate.playbook === playbook);
    if (task === undefined) throw new Error(`no ${playbook} task among ${page.items.map((each) => each.playbook).join(", ")}`);
    return admin.query<TaskView>("tasks.get", { id: task.id });
  };
  const act = (browser: Browser, task: TaskView, action: object) =>
    browser.mutateRaw("tasks.act", { id: task.id, version: task.version, ...action });
  const refusals = (task: TaskView): Record<string, boolean> =>
    Object.fromEntries(task.allowed.map(({ event, refusal }) => [event, refusal === null]));

  test("a task says why, what to do, what breaks and how it is verified", async () => {
    const task = await openTask("crawler", "rotate");
    expect(task.steps.length).toBeGreaterThan(0);
    for (const text of [task.why, task.breaks, task.verify]) expect(text).not.toBe("");
    expect(task.findings.length).toBe(task.findingCount);
    expect(refusals(task)).toMatchObject({ claim: true, except: true, unsnooze: false });
  });

  test("an owner claims what is nobody's, works on it and hands it in; nobody else's click closes it", async () => {
    const task = await openTask("crawler", "rotate");
    const claimed = await act(otto, task, { event: "claim" });
    expect(claimed.statusCode, claimed.body).toBe(200);
    const mine = claimed.json<{ result: { data: TaskView } }>().result.data;
    expect(mine).toMatchObject({ state: "claimed", assigneeName: "Otto" });
    const stale = await act(otto, task, { event: "start" });
    expect([stale.statusCode, stale.json<{ error: { data: { appCode: string } } }>().error.data.appCode]).toEqual([409, "conflict"]);
    expect((await act(olga, mine, { event: "submit" })).statusCode).toBe(403);
    const started = (await act(otto, mine, { event: "start" })).json<{ result: { data: TaskView } }>().result.data;
    const commented = await otto.mutate<TaskView>("tasks.comment", { id: task.id, text: "new key is out" });
    expect(commented.events.some((event) => event.kind === "comment" && event.text === "new key is out")).toBe(true);
    const handedIn = await otto.mutate<TaskView>("tasks.act", {
      id: task.id,
      version: started.version,
      event: "submit",
      reason: "rotated",
    });
    expect(handedIn.state).toBe("verifying");
    expect(Object.keys(refusals(handedIn))).not.toContain("verified");
    expect((await otto.query<ListOf<{ id: string }>>("tasks.list", { filter: { queue: "mine" } })).items.map((each) => each.id)).toEqual([
      task.id,
    ]);
  });

  test("an owner asks for an exception, an admin grants one with an end", async () => {
    const task = await openTask("exporter", "rotate");
    const assigned = await admin.mutate<TaskView>("tasks.act", {
      id: task.id,
      version: task.version,
      event: "assign",
      assigneeId: await userIdOf(ownerEmail),
    });
    const detail = { event: "except", reason: "vendor fix is due", compensatingControl: "network rule", expiresAt: inDays(30) };
    const asked = await olga.mutate<TaskView>("tasks.act", { id: task.id, version: assigned.version, ...detail });
    expect(asked).toMatchObject({ state: "claimed", exception: null });
    const granted = await admin.mutate<TaskView>("tasks.act", { id: task.id, version: asked.version, ...detail });
    expect(granted).toMatchObject({ state: "exception", exception: { owner: "Olga", reason: "vendor fix is due" } });
    const tooLong = await act(admin, await openTask("deployer", "rotate"), { ...detail, expiresAt: inDays(200) });
    expect(tooLong.statusCode).toBe(400);
  });

  test("a key with the scope triage acts too, but takes no task", async () => {
    const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
    const task = await openTask("deployer", "rotate");
    const send = (key: string, action: object) =>
      api.withKey(key, {
        method: "POST",
        url: `/api/v1/tasks/${task.id}/actions`,
        headers: { "content-type": "application/json" },
        payload: JSON.stringify(action),
      });
    const triage = await api.apiKey(["triage"], workspace.id);
    expect((await send(await api.apiKey(["read"], workspace.id), { version: task.version, event: "claim" })).statusCode).toBe(403);
    expect((await send(triage, { version: task.version, event: "claim" })).statusCode).toBe(403);
    expect((await send(triage, { version: task.version, event: "snooze" })).statusCode).toBe(400);
    const assigned = await send(triage, { version: task.version, event: "assign", assigneeId: await userIdOf(ownerEmail) });
    expect(taskView.strict().parse(assigned.json())).toMatchObject({ state: "claimed", assigneeName: "Olga" });
    expect((await send(triage, { version: task.version, event: "assign", assigneeId: await userIdOf(ownerEmail) })).statusCode).toBe(409);
  });

  test("tasks go to members who may act", async () => {
    const task = await openTask("deployer", "rotate");
    expect((await act(admin, task, { event: "assign", assigneeId: "nobody" })).statusCode).toBe(400);
  });

  test("many at once: each is judged by itself", async () => {
    const task = await openTask("deployer", "rotate");
    const outcome = await admin.mutate<{ done: number; refused: { id: string }[] }>("tasks.bulk", {
      ids: [task.id, "0190b0a0-0000-7000-8000-00000000dead"],
      event: "snooze",
      until: inDays(7),
      reason: "release freeze",
    });
    expect(outcome).toEqual({ done: 1, refused: [{ id: "0190b0a0-0000-7000-8000-00000000dead", reason: "There is no such task" }] });
    const byFilter = await admin.mutate<{ done: number }>("tasks.bulk", {
      filter: { queue: "all", subject: await idOf("deployer"), playbook: ["rotate"] },
      event: "unsnooze",
    });
    expect(byFilter.done).toBe(1);
  });

  const inDays = (days: number): string => new Date(api.clock.now().getTime() + days * 86_400_000).toISOString();
  const userIdOf = async (email: string): Promise<string> =>
    (await admin.query<{ userId: string; email: string }[]>("settings.members.list")).find((member) => member.email === email)!.userId;
});

test("people attest what they own, and only that; it shows with their name", async () => {
  const facts = { purpose: "Sends invoices", reviewedNow: true };
  expect((await otto.mutateRaw("identities.attest", { id: await idOf("billing"), facts })).statusCode).toBe(403);
  const id = await idOf("billing");
  expect(await olga.mutate("identities.attest", { id, facts })).toEqual({ ok: true });
  const view = await admin.query<IdentityView>("identities.get", { id });
  expect(view.facts.find((fact) => fact.path === "purpose")).toMatchObject({ value: "Sends invoices", source: "attested by Olga" });
  const history = await admin.query<ListOf<{ actor: string }>>("identities.history", { id });
  expect(history.items.length).toBeGreaterThan(0);
});

test("removing a source takes what it stated along", async () => {
  const sources = await admin.query<SourceView[]>("sources.list");
  const push = sources.find((source) => source.connector === "push")!;
  expect((await olga.mutateRaw("sources.remove", { id: push.id })).statusCode).toBe(403);
  expect(await admin.mutate("sources.remove", { id: push.id })).toEqual({ identities: 5 });
  expect((await identities()).items).toEqual([]);
  expect((await admin.mutateRaw("sources.remove", { id: push.id })).statusCode).toBe(404);
});
