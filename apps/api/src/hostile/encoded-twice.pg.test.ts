import { afterAll, beforeAll, expect, test } from "vitest";
import { analysedEstate } from "../testing/analysed-workspace.ts";
import { ApiUnderTest } from "../testing/api-under-test.ts";

// What comes is decoded once, where it comes in. A second time would turn checked text into something that nobody checked.

/** Each would be something else if it were decoded once more. */
const names = [
  "%3Cb%3Ebold",
  "&lt;b&gt;bold",
  "\\u003cb\\u003ebold",
  "%2e%2e%2fbold",
  "%00bold",
  "bold%27%20or%201=1",
  "%253Cbold",
  "+bold+",
];

let api: ApiUnderTest;
let key: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const admin = await api.admin();
  const records = [
    { source: "twice", account: "acme", asOf: "2026-11-01T00:00:00Z", scopes: [{ dataset: "bots", outcome: "complete" }] },
    ...names.map((name, at) => ({
      kind: "identity",
      ref: `bot/${at}`,
      identityKind: "bot",
      name,
      provider: "test",
      facts: { status: "active" },
      attributes: {},
    })),
  ];
  await analysedEstate(api, admin, records.map((record) => JSON.stringify(record)).join("\n"));
  const { workspace } = await admin.query<{ workspace: { id: string } }>("session.me");
  key = await api.apiKey(["read"], workspace.id);
});
afterAll(() => api?.stop());

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string }[];
}
const list = async (query: string): Promise<Listed["items"]> => {
  const response = await api.withKey(key, { method: "GET", url: `/api/v1/identities?${query}` });
  expect(response.statusCode, response.body).toBe(200);
  return response.json<Listed>().items;
};
const bolds = async (query: string): Promise<readonly string[]> =>
  (await list(query)).map(({ name }) => name).filter((name) => name.includes("bold"));

test("names are stored and given back as they came, not decoded again", async () => {
  expect((await bolds("limit=50")).toSorted()).toEqual(names.toSorted());
});

test.each(names)("%j is found by itself, encoded once in the address; encoded twice it is other text", async (name) => {
  expect(await bolds(`search=${encodeURIComponent(name)}`)).toEqual([name]);
  const twice = encodeURIComponent(encodeURIComponent(name));
  expect(twice === encodeURIComponent(name) ? [] : (await bolds(`search=${twice}`)).filter((found) => found === name)).toEqual([]);
});

test("an id in an address is decoded once", async () => {
  const { id } = (await list("limit=1"))[0]!;
  const first = id.charCodeAt(0).toString(16);
  const ask = (encoded: string) => api.withKey(key, { method: "GET", url: `/api/v1/identities/${encoded}${id.slice(1)}` });
  expect((await ask(`%${first}`)).statusCode).toBe(200);
  expect((await ask(`%25${first}`)).statusCode).toBe(400);
  expect((await api.withKey(key, { method: "GET", url: "/api/v1/%252e%252e/%252e%252e/trpc/session.me" })).statusCode).toBe(404);
});
