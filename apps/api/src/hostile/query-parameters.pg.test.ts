import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemContentType } from "@rollcall/platform";
import { openApiDocument } from "../rest/openapi-document.ts";
import { problem } from "../rest/schemas/problem.ts";
import { analysedWorkspace } from "../testing/analysed-workspace.ts";
import { ApiUnderTest } from "../testing/api-under-test.ts";
import { hostileShapes, hostileText } from "./hostile-text.ts";

// H4, H5 and H10 at the query string: every parameter of every route that reads, as the published document lists them.

interface Parameter {
  readonly name: string;
  readonly in: string;
}
const document = (await openApiDocument()) as { paths: Record<string, Record<string, { parameters?: readonly Parameter[] }>> };
const parameters = Object.entries(document.paths).flatMap(([path, { get }]) =>
  (get?.parameters ?? []).map(({ name, in: place }) => ({ path, name, place })),
);

let api: ApiUnderTest;
let key: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  await analysedWorkspace(api, admin, "ada@example.org");
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  key = await api.apiKey(["admin"], workspace.id);
});
afterAll(() => api?.stop());

const countsOfTables = (): Promise<readonly Record<string, unknown>[]> =>
  api.database.query(
    `select (select count(*) from identity) as identities, (select count(*) from credential) as credentials,
            (select count(*) from finding) as findings, (select count(*) from api_key) as keys`,
  );

interface Answer {
  readonly status: number;
  readonly items: number;
}
let asked = 0;
/** From many addresses: the limit per address would answer instead of the route. Any answer but a failure of ours; a refusal is a problem with one of the known codes. */
async function ask(url: string): Promise<Answer> {
  asked += 1;
  const response = await api.withKey(key, { method: "GET", url, remoteAddress: `10.0.${asked >> 8}.${asked & 255}` });
  expect(response.statusCode).not.toBe(429);
  expect(response.statusCode, `${url} -> ${response.body}`).toBeLessThan(500);
  if (response.statusCode >= 400) {
    expect(response.headers["content-type"]).toContain(problemContentType);
    problem.strict().parse(response.json());
    return { status: response.statusCode, items: 0 };
  }
  if (!String(response.headers["content-type"]).startsWith("application/json")) return { status: response.statusCode, items: 0 };
  return { status: response.statusCode, items: response.json<{ items?: readonly unknown[] }>().items?.length ?? 0 };
}

const plain = (path: string): string => path.replace("{id}", "0190b0a0-0000-7000-8000-00000000dead");
/** Parameters that take these words as they are: they bound or order a list, or name its form. */
const anyway = new Set(["limit", "format", "sort", "direction", "cursor", "after"]);

test("there are parameters to try", () => {
  expect(parameters.length).toBeGreaterThan(40);
});

describe.each(parameters)("$path: $name in the $place", ({ path, name, place }) => {
  test("text", async () => {
    for (const [what, text] of Object.entries(hostileText)) {
      const value = encodeURIComponent(text.toWellFormed());
      const url = place === "path" ? path.replace(`{${name}}`, value) : `${plain(path)}?${name}=${value}`;
      const answer = await ask(url);
      // What is sent is compared, never run: nothing in the workspace is called that.
      if (!anyway.has(name)) expect(answer.items, `${what}: ${url}`).toBe(0);
      if (what === "nul" && place === "query") expect(answer.status, url).toBe(400);
    }
  });

  test.runIf(name === "cursor")("cursors that are not ours", async () => {
    for (const position of [
      ["x", "y"],
      ["2026-13-41T99:00:00Z", "y"],
      [1e300, "0190b0a0-0000-7000-8000-00000000dead"],
      ["", ""],
      [],
      {},
      null,
      "x",
    ]) {
      await ask(`${plain(path)}?cursor=${Buffer.from(JSON.stringify(position)).toString("base64url")}`);
    }
  });

  test.runIf(place === "query")("shapes that become objects elsewhere", async () => {
    const before = await countsOfTables();
    for (const query of hostileShapes(name)) {
      const answer = await ask(`${plain(path)}?${query}`);
      if (/[[.]/.test(query.split("=")[0]!)) expect(answer.status, query).toBe(400);
    }
    expect(await countsOfTables()).toEqual(before);
  });
});
