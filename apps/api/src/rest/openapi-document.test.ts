import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openApiDocument } from "./openapi-document.ts";

test("the committed document is the one the code gives; rewrite it with `npm run generate:client`", async () => {
  expect(await openApiDocument()).toEqual(JSON.parse(await readFile(new URL("../../openapi.json", import.meta.url), "utf8")));
});

test("names every public route and is OpenAPI 3.1", async () => {
  const document = (await openApiDocument()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
  expect(document.openapi).toBe("3.1.0");
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.sort()).toEqual([
    "DELETE /api/v1/demo",
    "DELETE /api/v1/tasks/{id}",
    "GET /api/v1/audit",
    "GET /api/v1/audit/records",
    "GET /api/v1/audit/segments",
    "GET /api/v1/choke-points",
    "GET /api/v1/credentials",
    "GET /api/v1/findings",
    "GET /api/v1/frameworks",
    "GET /api/v1/frameworks/{id}",
    "GET /api/v1/identities",
    "GET /api/v1/identities/{id}",
    "GET /api/v1/identities/{id}/blast-radius",
    "GET /api/v1/ingestions/{id}",
    "GET /api/v1/ingestions/{id}/rejected",
    "GET /api/v1/posture",
    "GET /api/v1/reports",
    "GET /api/v1/tasks",
    "GET /api/v1/tasks/{id}",
    "POST /api/v1/demo",
    "POST /api/v1/ingestions",
    "POST /api/v1/tasks",
    "POST /api/v1/tasks/{id}/actions",
    "POST /api/v1/token",
    "POST /api/v1/what-if",
  ]);
});
