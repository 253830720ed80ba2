import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiUnderTest } from "../testing/api-under-test.ts";
import { accountActions } from "./audit-account-events.ts";
import { unusedCalls } from "./unused-calls.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api?.stop());

/** Calls that change nothing that lasts. Those that do are the ones that have an audit row. */
const read = [
  "/error",
  "/get-session",
  "/sign-in-options",
  "/sign-in/social",
  "/passkey/generate-register-options",
  "/passkey/generate-authenticate-options",
  "/passkey/list-user-passkeys",
];

interface Endpoint {
  readonly path?: string;
  readonly options: { readonly method?: string | readonly string[] };
}

test("a call of the sign-in library is audited, reads, or is off: a new one has to be thought about", () => {
  const paths = (Object.values(api.parts.auth.api) as unknown as readonly Endpoint[]).flatMap(({ path }) => path ?? []);
  const known = new Set([...read, ...Object.keys(accountActions), ...unusedCalls]);
  expect(paths.filter((path) => !known.has(path))).toEqual([]);
  expect([...read, ...Object.keys(accountActions)].filter((path) => unusedCalls.has(path))).toEqual([]);
});

test("what is off is off for people who are signed in as well", async () => {
  const admin = await api.admin();
  for (const path of unusedCalls)
    for (const url of [`/api/auth${path.replace(":token", "any")}`, `/api/auth${path.replace(":token", "any")}/`])
      for (const method of ["GET", "POST"] as const) {
        const body = method === "GET" ? {} : { headers: { "content-type": "application/json" }, payload: "{}" };
        expect([method, url, (await admin.send({ method, url, ...body })).statusCode]).toEqual([method, url, 404]);
      }
});
