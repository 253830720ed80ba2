import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operationsOf, type OpenApiDocument, type Schema } from "./operations.ts";
import { pagePaths, readAddresses } from "./pages.ts";
import { samplesOf } from "./sample-values.ts";
import { markedJson, placesOf, scanTargets } from "./scan-targets.ts";
import { requestText, sqlmapArguments } from "./scan-sqlmap.ts";

const root = new URL("../../", import.meta.url).pathname;
const document = JSON.parse(readFileSync(`${root}apps/api/openapi.json`, "utf8")) as OpenApiDocument;
const operations = operationsOf(document);
const known = { id: "0190b0a0-0000-7000-8000-000000000001", rule: "OWN-001", search: "eu", version: 3 };
const targets = scanTargets(operations, () => known);

test("every operation of the published document is scanned", () => {
  const published = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(published.length).toBeGreaterThan(20);
  expect([...new Set(targets.map(({ operation }) => operation))].sort()).toEqual(published.sort());
});

test("every parameter is examined, in its place", () => {
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters }]) =>
      (parameters ?? []).map((one) => `${method.toUpperCase()} ${path}, ${one.name} in the ${one.in}`),
    ),
  );
  expect(listed.length).toBeGreaterThan(70);
  const examined = new Set(targets.map(({ operation, place }) => `${operation}, ${place}`));
  expect(listed.filter((one) => !examined.has(one))).toEqual([]);
  for (const { url, headers, parameter, place } of targets) {
    if (place.endsWith("in the query")) expect(new URL(url, "http://x").searchParams.has(parameter!)).toBe(true);
    if (place.endsWith("in the path")) expect(url).toMatch(/[^/]\*/);
    if (place.endsWith("in the header")) expect(Object.values(headers).join()).toContain("*");
    expect(url).not.toContain("{");
  }
});

test("every field of every body is examined, in each of its forms", () => {
  const withBody = operations.filter(({ body }) => body !== null);
  expect(withBody.length).toBeGreaterThan(2);
  for (const { method, path, body } of withBody) {
    const bodies = targets.filter(
      ({ operation, place }) => operation === `${method} ${path}` && /in body|in the body|in the form$/.test(place),
    );
    const fields = fieldNames(body!.schema);
    const marked = bodies.map(({ body: text, parameter }) => (parameter === null ? text! : `"${parameter}":"*"`)).join();
    expect(fields.filter((field) => !marked.includes(`"${field}":`))).toEqual([]);
    expect(marked).toContain("*");
  }
});
function fieldNames(schema: Schema): readonly string[] {
  const inner = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [name, ...fieldNames(field)]),
    ...inner.flatMap(fieldNames),
  ];
}

test("a place that nothing scans is an error, not a gap", () => {
  const strange = { paths: { "/x": { get: { parameters: [{ name: "a", in: "cookie" }] } } } };
  expect(() => operationsOf(strange)).toThrow(/"cookie" is not scanned/);
});

test("marks stand after every text and number", () => {
  expect(markedJson({ a: "b", n: 1, list: ["c"], deep: { x: -2.5 }, yes: true, none: null })).toBe(
    '{"a":"b*","n":1*,"list":["c*"],"deep":{"x":-2.5*},"yes":true,"none":null}',
  );
});

test("the places of a request are counted as they are marked", () => {
  const request = { operation: "", place: "", method: "POST", url: "/a/b", headers: {}, body: null, parameter: null };
  expect(placesOf({ ...request, parameter: "q" })).toBe(1);
  expect(placesOf({ ...request, url: "/a/b*/c" })).toBe(1);
  expect(placesOf({ ...request, headers: { "user-agent": "scan*" } })).toBe(1);
  expect(placesOf({ ...request, body: markedJson({ a: "b", n: 1, list: ["c"] }) })).toBe(3);
});

test("what each form of a body has alike is examined once; what they differ in, in each", () => {
  const examined = targets.filter(({ operation }) => operation === "POST /api/v1/what-if").map(({ place }) => place);
  const forms = Number(/of (\d+)$/.exec(examined[0]!)![1]);
  expect(forms).toBeGreaterThan(5);
  expect(examined.filter((place) => /^(focus|kind) /.test(place))).toEqual([`kind in body 1 of ${forms}`, `focus in body 1 of ${forms}`]);
  expect(examined.filter((place) => place.startsWith("policy ")).length).toBeGreaterThan(2);
  for (let form = 1; form <= forms; form += 1)
    expect(examined.filter((place) => place.endsWith(`body ${form} of ${forms}`))).not.toEqual([]);
});

test("each place has a request of its own", () => {
  expect(targets.filter((target) => placesOf(target) !== 1)).toEqual([]);
  const bodies = targets.filter(({ operation, place }) => operation === "POST /api/v1/ingestions" && place.endsWith("in the body"));
  expect(bodies.map(({ place }) => place.split(" ")[0])).toEqual(["kind", "ref", "identityKind", "name", "provider", "purpose", "note"]);
  expect(bodies.map(({ body }) => body!.replace("*", ""))).toEqual(bodies.map(() => bodies[0]!.body!.replace("*", "")));
});

test("pushes come after everything that is read, deletions last", () => {
  const steps = targets.map(({ method, operation }) =>
    method === "DELETE" ? "delete" : operation.endsWith("/ingestions") ? "push" : "other",
  );
  expect([...new Set(steps)]).toEqual(["other", "push", "delete"]);
  expect(steps.lastIndexOf("other")).toBeLessThan(steps.indexOf("push"));
  expect(steps.lastIndexOf("push")).toBeLessThan(steps.indexOf("delete"));
});

describe("samples", () => {
  test.each<[string, Schema, readonly unknown[]]>([
    ["search", { type: "string" }, ["eu"]],
    ["other", { type: "string" }, ["a"]],
    ["version", { type: "integer", minimum: 0 }, [3]],
    ["limit", { type: "integer", default: 50 }, [50]],
    ["kind", { type: "array", items: { enum: ["x", "y"] } }, [["x"]]],
    ["at", { type: "string", format: "date-time" }, ["2026-11-01T00:00:00Z"]],
    ["who", { anyOf: [{ type: "null" }, { type: "string" }] }, ["a"]],
    [
      "x",
      { type: "object", properties: { kind: { oneOf: [{ const: "a" }, { const: "b" }] }, n: { type: "boolean" } } },
      [
        { kind: "a", n: true },
        { kind: "b", n: true },
      ],
    ],
  ])("%s", (name, schema, expected) => {
    expect(samplesOf(name, schema, known)).toEqual(expected);
  });
});

test("a request as it goes over the wire", () => {
  const target = targets.find(
    ({ operation, place }) => operation === "POST /api/v1/ingestions" && place === "idempotency-key in the header",
  )!;
  const [head, body] = requestText(target, "127.0.0.1:1", { authorization: "Bearer key" }).split("\r\n\r\n");
  expect(head!.split("\r\n")).toEqual([
    "POST /api/v1/ingestions HTTP/1.1",
    "host: 127.0.0.1:1",
    "authorization: Bearer key",
    "content-type: application/x-ndjson",
    "idempotency-key: a*",
  ]);
  expect(JSON.parse(body!)).toMatchObject({ kind: "identity" });
  // The body is sent as it is: its fields have a request of their own.
  expect(sqlmapArguments("r", "o", target).join(" ")).toMatch(/-r r .*--level 3 --risk 2 .*URI injections=N,JSON data found=N$/);
  const search = targets.find(({ parameter }) => parameter === "search")!;
  expect(sqlmapArguments("r", "o", search).join(" ")).toMatch(/-p search$/);
  const fields = targets.find(({ place, operation }) => operation === "POST /api/v1/ingestions" && place === "name in the body")!;
  expect(sqlmapArguments("r", "o", fields).join(" ")).toMatch(/JSON data found=Y$/);
});

test("pages and lists are begun from, with values that exist", () => {
  const pages = pagePaths(root, () => known);
  expect(pages).toEqual(expect.arrayContaining(["/", "/inventory", "/settings/audit", "/findings/OWN-001", `/identities/${known.id}`]));
  expect(pages.join()).not.toMatch(/[[\]()]/);
  const lists = readAddresses(operations, () => known);
  expect(lists).toHaveLength(operations.filter(({ method }) => method === "GET").length);
  expect(lists.find((path) => path.startsWith("/api/v1/identities?"))).toMatch(/search=eu.*sort=score/);
});
