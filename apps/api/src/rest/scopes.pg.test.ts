import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiKeyScope } from "@rollcall/posture-pipeline";
import { ApiUnderTest } from "../testing/api-under-test.ts";
import { openApiDocument } from "./openapi-document.ts";

/** The scope each public route asks for, written by hand: the code has to agree with it. `admin` opens every door. */
const scopeOf: Readonly<Record<string, ApiKeyScope>> = {
  "DELETE /api/v1/demo": "admin",
  "DELETE /api/v1/tasks/{id}": "triage",
  "GET /api/v1/audit": "admin",
  "GET /api/v1/audit/records": "admin",
  "GET /api/v1/audit/segments": "admin",
  "GET /api/v1/choke-points": "read",
  "GET /api/v1/credentials": "read",
  "GET /api/v1/findings": "read",
  "GET /api/v1/frameworks": "read",
  "GET /api/v1/frameworks/{id}": "read",
  "GET /api/v1/identities": "read",
  "GET /api/v1/identities/{id}": "read",
  "GET /api/v1/identities/{id}/blast-radius": "read",
  "GET /api/v1/ingestions/{id}": "read",
  "GET /api/v1/ingestions/{id}/rejected": "read",
  "GET /api/v1/posture": "read",
  "GET /api/v1/reports": "read",
  "GET /api/v1/tasks": "read",
  "GET /api/v1/tasks/{id}": "read",
  "POST /api/v1/demo": "admin",
  "POST /api/v1/ingestions": "ingest",
  "POST /api/v1/tasks": "triage",
  "POST /api/v1/tasks/{id}/actions": "triage",
  "POST /api/v1/what-if": "triage",
};
const scopes = ["ingest", "read", "triage", "admin"] as const;

const document = (await openApiDocument()) as { paths: Record<string, Record<string, unknown>> };
/** What is presented is its own proof (see auth/federation). */
const open = ["POST /api/v1/token"];
const routes = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
  .filter((route) => !open.includes(route));

let api: ApiUnderTest;
const keys = new Map<ApiKeyScope, string>();
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const workspaceId = await api.parts.services.accounts.ensureWorkspace("Test");
  for (const scope of scopes) keys.set(scope, await api.apiKey([scope], workspaceId));
});
afterAll(() => api?.stop());

const request = (route: string) => {
  const [method = "GET", path = ""] = route.split(" ");
  const body = method === "POST" ? { headers: { "content-type": "application/json" }, payload: "{}" } : {};
  return { method: method as "GET" | "POST" | "DELETE", url: path.replace("{id}", "0190b0a0-0000-7000-8000-00000000dead"), ...body };
};

test("every route has a row, and every row a route", () => {
  expect([...routes].sort()).toEqual(Object.keys(scopeOf).sort());
});

describe.each(routes)("%s", (route) => {
  test("a stranger is asked to sign in", async () => {
    const options = request(route);
    const response = await api.app.inject({ ...options, headers: { origin: "http://localhost:4700", ...options.headers } });
    expect(response.statusCode).toBe(401);
  });

  test.each(scopes)("with the scope %s", async (scope) => {
    const response = await api.withKey(keys.get(scope)!, request(route));
    if (scope === "admin" || scope === scopeOf[route]) expect([200, 202, 400, 404, 415]).toContain(response.statusCode);
    else expect(response.statusCode).toBe(403);
  });
});
