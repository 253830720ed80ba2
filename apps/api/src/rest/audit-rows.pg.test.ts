import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import type { IngestionView, TaskView } from "@rollcall/posture-pipeline";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest, type Browser } from "../testing/api-under-test.ts";
import { TokenIssuer } from "../testing/token-issuer.ts";
import { openApiDocument } from "./openapi-document.ts";

// Every successful mutation of the REST API leaves exactly one audit row: its own. Procedures are counted in audit.pg.test.ts.

const audience = "https://rollcall.example.org";
let api: ApiUnderTest;
let issuer: TokenIssuer;
let key: string;
let keyId: string;
let federationId: string;
let finding: { readonly id: string; readonly version: number };
let plan: TaskView;

beforeAll(async () => {
  issuer = await TokenIssuer.start();
  api = await ApiUnderTest.start(null, null, [issuer.host]);
  const admin = await api.admin();
  await analysedWorkspace(api, admin, "owner@example.org");
  const me = await admin.query<{ user: { id: string }; workspace: { id: string } }>("session.me");
  key = await api.apiKey(["admin"], me.workspace.id);
  keyId = (await admin.query<readonly { id: string }[]>("settings.apiKeys.list"))[0]!.id;
  federationId = await trustIssuer(admin, me.user.id);
  const tasks = await api.withKey(key, { method: "GET", url: "/api/v1/tasks" });
  finding = tasks.json<{ items: readonly { id: string; version: number }[] }>().items[0]!;
});
afterAll(async () => {
  await api?.stop();
  await issuer?.stop();
});

async function trustIssuer(admin: Browser, ownerUserId: string): Promise<string> {
  const builds = { name: "Builds", purpose: "Pushes what the builds find", ownerUserId };
  const { id: serviceUserId } = await admin.mutate<{ id: string }>("settings.serviceUsers.create", builds);
  const conditions = [{ claim: "repository", match: "exact", value: "acme/shop" }];
  const federation = { serviceUserId, name: "Main branch", issuer: issuer.url, audience, conditions, scopes: ["ingest"] };
  return (await admin.mutate<{ id: string }>("settings.federations.create", federation)).id;
}

interface Case {
  readonly send: () => InjectOptions | Promise<InjectOptions>;
  readonly status: number;
  /** What is written down; none = nothing was changed. */
  readonly rows: readonly string[];
  readonly keep?: (response: LightMyRequestResponse) => void;
  /** The body is its own proof; named is whom it speaks for, and not the key. */
  readonly provenFor?: () => string;
}
const crawler = { changes: [{ kind: "delete_identity", identity: "identity:bot/crawler" }] };
const pushed = { kind: "identity", ref: "bot/x", identityKind: "bot", name: "x", provider: "test", facts: {}, attributes: {} };

/** Every route that is not a GET, with a request that succeeds. In order: later ones need what earlier ones made. */
const cases: Readonly<Record<string, Case>> = {
  "POST /api/v1/ingestions": {
    send: () => ({ headers: { "content-type": "application/x-ndjson" }, query: { account: "a" }, payload: `${JSON.stringify(pushed)}\n` }),
    status: 202,
    rows: ["ingestion.created"],
    keep: (response) => expect(response.json<IngestionView>().syncs).toHaveLength(1),
  },
  "POST /api/v1/what-if": { send: () => ({ payload: crawler }), status: 200, rows: [] },
  "POST /api/v1/tasks": {
    send: () => ({ payload: crawler }),
    status: 201,
    rows: ["task.opened"],
    keep: (response) => (plan = response.json<TaskView>()),
  },
  "DELETE /api/v1/tasks/{id}": {
    send: () => ({ url: `/api/v1/tasks/${plan.id}`, query: { version: String(plan.version) } }),
    status: 204,
    rows: ["task.withdrawn"],
  },
  "POST /api/v1/tasks/{id}/actions": {
    send: () => ({
      url: `/api/v1/tasks/${finding.id}/actions`,
      payload: { version: finding.version, event: "false_positive", reason: "A test account" },
    }),
    status: 200,
    rows: ["task.mark_false_positive"],
  },
  "POST /api/v1/demo": { send: () => ({}), status: 202, rows: ["ingestion.created"] },
  "DELETE /api/v1/demo": { send: () => ({}), status: 200, rows: ["source.removed"] },
  "POST /api/v1/token": {
    send: async () => ({
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token: await issuer.token({ sub: "repo:acme/shop", aud: audience, repository: "acme/shop" }),
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        audience: federationId,
      }).toString(),
    }),
    status: 200,
    rows: ["federation.exchanged"],
    provenFor: () => federationId,
  },
};

interface Row {
  readonly action: string;
  readonly actor_id: string | null;
  readonly body: string;
}
const log = async (): Promise<readonly Row[]> =>
  (await api.database.query("select action, actor_id, body from audit_event order by workspace_id, seq")) as unknown as readonly Row[];

describe("every request that changes something leaves exactly one row, and one that changes nothing none", () => {
  test("and every route that is not a GET has a case", async () => {
    const { paths } = (await openApiDocument()) as { readonly paths: Readonly<Record<string, object>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(cases).toSorted()).toEqual(routes.filter((route) => !route.startsWith("GET ")).toSorted());
  });

  test.each(Object.entries(cases))("%s", async (route, { send, status, rows, keep, provenFor }) => {
    const [method, url] = route.split(" ") as ["POST" | "DELETE", string];
    const request: InjectOptions = { method, url, ...(await send()) };
    const before = (await log()).length;
    const response = await (provenFor === undefined ? api.withKey(key, request) : api.app.inject(request));
    expect(response.statusCode, response.body).toBe(status);
    keep?.(response);
    const added = (await log()).slice(before);
    expect(added.map((row) => [row.action, row.actor_id])).toEqual(rows.map((action) => [action, provenFor?.() ?? keyId]));
    for (const row of added) expect(JSON.parse(row.body).requestId).toBe(response.headers["x-request-id"]);
  });
});
