import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appRouter } from "@rollcall/api-router";
import { problemContentType } from "@rollcall/platform";
import type { IngestionView } from "@rollcall/posture-pipeline";
import { openApiDocument } from "../rest/openapi-document.ts";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";

// Every procedure and route over HTTP, by those who must not pass: the lists come from the router and from the published document, so that a
// new one is tried without being written here. What each role and scope may do is written by hand in the tables of the router and of the scopes.

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { readonly _def: { readonly type: string } }>).map(
  ([path, { _def }]) => ({ path, isQuery: _def.type === "query" }),
);
const document = (await openApiDocument()) as { paths: Record<string, Record<string, unknown>> };
/** What is presented there is its own proof: see auth/federation. */
const open = ["/api/v1/token"];
const routes = Object.entries(document.paths)
  .filter(([path]) => !open.includes(path))
  .flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ route: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path })),
  );
const nobody = "0190b0a0-0000-7000-8000-00000000dead";

/** Procedures that take the id of a row, with the table the id is of and the rest of their input. */
const rowsOf: Readonly<Record<string, { readonly of: Row; readonly input: (id: string) => object }>> = {
  "session.end": { of: "session", input: (id) => ({ id }) },
  "identities.get": { of: "identity", input: (id) => ({ id }) },
  "identities.history": { of: "identity", input: (id) => ({ id }) },
  "identities.attest": { of: "identity", input: (id) => ({ id, facts: { purpose: "mine" } }) },
  "tasks.get": { of: "task", input: (id) => ({ id }) },
  "tasks.act": { of: "task", input: (id) => ({ id, version: 0, event: "claim" }) },
  "tasks.comment": { of: "task", input: (id) => ({ id, text: "mine" }) },
  "tasks.withdrawPlan": { of: "task", input: (id) => ({ id, version: 0 }) },
  "sources.remove": { of: "source", input: (id) => ({ id }) },
  "sources.pulls.setCredential": { of: "pull_source", input: (id) => ({ id, auth: { kind: "none" } }) },
  "sources.pulls.run": { of: "pull_source", input: (id) => ({ id }) },
  "sources.pulls.cancel": { of: "pull_source", input: (id) => ({ id }) },
  "sources.pulls.remove": { of: "pull_source", input: (id) => ({ id }) },
  "ingestions.get": { of: "ingestion", input: (id) => ({ id }) },
  "ingestions.rejected": { of: "ingestion", input: (id) => ({ id }) },
  "ingestions.cancel": { of: "ingestion", input: (id) => ({ id }) },
  "ingestions.approveRemovals": { of: "sync", input: (id) => ({ syncId: id }) },
  "settings.apiKeys.revoke": { of: "api_key", input: (id) => ({ id }) },
  "settings.apiKeys.rotate": { of: "api_key", input: (id) => ({ id }) },
  "settings.serviceUsers.update": {
    of: "service_user",
    input: (id) => ({ id, user: { name: "mine", purpose: "mine", ownerUserId: "mine" } }),
  },
  "settings.serviceUsers.disable": { of: "service_user", input: (id) => ({ id }) },
  "settings.federations.revoke": { of: "federation", input: (id) => ({ id }) },
  "graph.radius": { of: "identity", input: (id) => ({ node: id }) },
  "graph.exposure": { of: "identity", input: (id) => ({ node: id }) },
  "graph.changes": { of: "identity", input: (id) => ({ node: id }) },
  "graph.expand": { of: "identity", input: (id) => ({ node: id }) },
  "graph.routes": { of: "identity", input: (id) => ({ from: id, to: id }) },
  "settings.members.setRole": { of: "user", input: (id) => ({ userId: id, role: "auditor" }) },
  "settings.members.remove": { of: "user", input: (id) => ({ userId: id }) },
  "settings.members.setLimited": { of: "user", input: (id) => ({ userId: id, limited: true }) },
  "settings.teams.save": { of: "team", input: (id) => ({ id, name: "Theirs", memberIds: [] }) },
  "settings.teams.remove": { of: "team", input: (id) => ({ id }) },
};
type Row =
  | "identity"
  | "task"
  | "source"
  | "ingestion"
  | "sync"
  | "api_key"
  | "service_user"
  | "federation"
  | "pull_source"
  | "team"
  | "user"
  | "session";

let api: ApiUnderTest;
let others: Browser;
let revoked: Browser;
let owner: Browser;
let ids: Record<Row, string>;
const keys: Record<"expired" | "ingest" | "others", string> = { expired: "", ingest: "", others: "" };
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  const { workspace, user } = await admin.query<{ workspace: { id: string }; user: { id: string } }>("session.me");
  const ingestion: IngestionView = await analysedWorkspace(api, admin, "ada@example.org");
  owner = await api.invite(admin, "owner", "owner@example.org");
  revoked = await api.invite(admin, "admin", "gone@example.org");
  // As they were before signing out: what somebody who copied them would send.
  const { cookie } = revoked;
  await revoked.send({ method: "POST", url: "/api/auth/sign-out", headers: { "content-type": "application/json" }, payload: "{}" });
  revoked = await api.openLink("http://localhost/healthz", cookie);
  keys.expired = await api.apiKey(["admin"], workspace.id, { expiresInMinutes: -1 });
  keys.ingest = await api.apiKey(["ingest"], workspace.id);
  const [own] = await api.database.query("select id from api_key where workspace_id = $1 limit 1", [workspace.id]);
  const serviceUser = await admin.mutate<{ id: string }>("settings.serviceUsers.create", {
    name: "ci",
    purpose: "builds",
    ownerUserId: user.id,
  });
  const federation = await admin.mutate<{ id: string }>("settings.federations.create", {
    serviceUserId: serviceUser.id,
    name: "builds",
    issuer: "https://ci.example.org",
    audience: "rollcall",
    conditions: [{ claim: "sub", match: "exact", value: "acme" }],
    scopes: ["ingest"],
  });
  const pull = await admin.mutate<{ id: string }>("sources.pulls.create", {
    name: "nightly",
    url: "https://exports.example.org/nightly.json",
    auth: { kind: "none" },
  });
  const first = async (table: string): Promise<string> =>
    String((await api.database.query(`select id from ${table} where workspace_id = $1 limit 1`, [workspace.id]))[0]!["id"]);
  ids = {
    identity: await first("identity"),
    task: await first("task"),
    source: await first("source"),
    ingestion: ingestion.id,
    sync: await first("sync"),
    api_key: String(own!["id"]),
    team: (await admin.mutate<{ id: string }>("settings.teams.save", { id: null, name: "Payments", owners: [], memberIds: [] })).id,
    service_user: serviceUser.id,
    federation: federation.id,
    pull_source: pull.id,
    user: user.id,
    session: (await admin.query<{ sessions: readonly { id: string }[] }>("session.list")).sessions[0]!.id,
  };
  const [other] = await api.database.query("insert into workspace (name) values ('Other') returning id");
  keys.others = await api.apiKey(["admin"], String(other!["id"]));
  others = await adminOf(String(other!["id"]));
  // With rows and an analysis of its own, so that "not found" is about the id.
  await analysedWorkspace(api, others, "other@example.org");
});
afterAll(() => api?.stop());

async function adminOf(workspaceId: string): Promise<Browser> {
  const token = "t".repeat(43);
  await api.parts.services.accounts.createSignInLink({
    tokenHash: api.parts.services.hashSecret(token),
    workspaceId,
    role: "admin",
    email: "other@example.org",
    createdBy: null,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  return api.openLink(`${api.parts.services.linkUrl(token)}&join=1`);
}

const call = (browser: Browser, { path, isQuery }: (typeof procedures)[number], input?: unknown): Promise<LightMyRequestResponse> =>
  isQuery ? browser.queryRaw(path, input) : browser.mutateRaw(path, input);
const request = ({ method, path }: (typeof routes)[number], id = nobody): InjectOptions => ({
  method: method as "GET" | "POST" | "DELETE",
  url: path.replace("{id}", id),
  ...(method === "POST" ? { headers: { "content-type": "application/json" }, payload: '{"version":0,"event":"claim"}' } : {}),
});
/** All of an answer that a stranger could compare. */
const answerOf = (response: LightMyRequestResponse, id: string): unknown[] => [
  response.statusCode,
  response.headers["content-type"],
  response.body.replaceAll(/"requestId":"[^"]*"/g, "").replaceAll(id, "ID"),
];

describe.each(procedures)("procedure $path", (procedure) => {
  test("a session that was ended opens nothing", async () => {
    expect((await call(revoked, procedure)).statusCode).toBe(401);
  });
  test("a key opens nothing, expired or not", async () => {
    const url = `/trpc/${procedure.path}`;
    const options: InjectOptions = procedure.isQuery
      ? { method: "GET", url }
      : { method: "POST", url, headers: { "content-type": "application/json" }, payload: "null" };
    expect((await api.withKey(keys.expired, { ...options, remoteAddress: nextAddress() })).statusCode).toBe(401);
    expect((await api.withKey(keys.ingest, options)).statusCode).toBe(403);
  });
  const row = rowsOf[procedure.path];
  test.runIf(row !== undefined)("an id of another workspace is answered as one that never was", async () => {
    const foreign = ids[row!.of];
    const answers = await Promise.all([foreign, nobody].map(async (id) => answerOf(await call(others, procedure, row!.input(id)), id)));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0], JSON.stringify(answers[0])).toBe(404);
  });
});

describe.each(routes)("$route", (route) => {
  const { path } = route;
  test("an expired key and an ended session open nothing", async () => {
    const expired = await api.withKey(keys.expired, { ...request(route), remoteAddress: nextAddress() });
    expect([expired.statusCode, expired.headers["content-type"]]).toEqual([401, expect.stringContaining(problemContentType)]);
    expect((await revoked.send(request(route))).statusCode).toBe(401);
  });
  test.runIf(path.includes("{id}") && !path.includes("frameworks"))(
    "an id of another workspace is answered as one that never was",
    async () => {
      const foreign = path.includes("identities") ? ids.identity : path.includes("tasks") ? ids.task : ids.ingestion;
      const answers = await Promise.all(
        [foreign, nobody].map(async (id) => answerOf(await api.withKey(keys.others, request(route, id)), id)),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]![0]).toBe(404);
    },
  );
});

test("nothing of the first workspace changed under any of it", async () => {
  const [row] = await api.database.query(
    `select (select count(*)::int from source where id = $1) as sources, (select count(*)::int from api_key where id = $2 and revoked_at is null) as keys`,
    [ids.source, ids.api_key],
  );
  expect(row).toEqual({ sources: 1, keys: 1 });
});

test("an owner may not do what admins do", async () => {
  expect((await owner.mutateRaw("sources.remove", { id: ids.source })).statusCode).toBe(403);
});

test("every procedure that takes an id has its row", () => {
  const schemas = appRouter._def.procedures as unknown as Record<
    string,
    { readonly _def: { readonly inputs: readonly { readonly shape?: object }[] } }
  >;
  const takesAnId = Object.entries(schemas).filter(([, { _def }]) =>
    _def.inputs.some((input) => Object.keys(input.shape ?? {}).some((name) => /^(id|syncId|userId|node|from)$/.test(name))),
  );
  expect(takesAnId.map(([path]) => path).filter((path) => !(path in rowsOf))).toEqual(exempt);
});
/** The id is of something that is the same in every workspace. */
const exempt = ["frameworks.get"];

let asked = 0;
/** Wrong keys are slowed down per address; here each is the first of its own. */
const nextAddress = (): string => `10.1.${(asked += 1) >> 8}.${asked & 255}`;
