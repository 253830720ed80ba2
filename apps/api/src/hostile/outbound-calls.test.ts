import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// H11: what a user of ours names is fetched by one guarded way (`safeFetch`, with tests of its own), and everything else that calls out takes
// its address from the configuration. A new place has to be written here, together with how its address is checked.

const root = new URL("../../../../", import.meta.url).pathname;
const files = globSync(["apps/{api,worker}/src/**/*.ts", "libs/*/src/**/*.ts"], { cwd: root }).filter(
  (path) => !/\.test\.ts$|\/testing\/|\/generated\//.test(path),
);
const matching = (pattern: RegExp): readonly string[] =>
  files.filter((path) => pattern.test(readFileSync(root + path, "utf8").replaceAll(/^\s*(?:\/\/|\*).*$/gm, ""))).sort();

describe("calls that leave the process", () => {
  test("fetch is used for the address of the dashboard only", () => {
    expect(matching(/(?<![.\w])fetch\(/)).toEqual(["apps/api/src/http/health.ts"]);
  });

  test("no client of another kind is imported", () => {
    expect(matching(/from "(?:node:https?|node:http2|node:tls|node:dgram|undici|axios|got|node-fetch|ws)"/)).toEqual(
      ["apps/api/src/auth/identify-session.ts", "libs/platform/src/http/safe-fetch.ts"], // types of headers; the guarded way
    );
    expect(matching(/\bcreateConnection\(|\bnet\.connect\(|import\("node:(?:http|https|net|tls)"\)/)).toEqual([]);
  });

  test("the guarded way is taken for issuers of federations, for sources that Rollcall reads by itself, and for the Vault of the configuration", () => {
    expect(matching(/\bsafeFetch\(/)).toEqual([
      "apps/api/src/auth/federation/issuer-keys.ts",
      "apps/worker/src/keys/vault-transit.ts",
      "libs/connectors/src/pull/fetch-page.ts",
      "libs/platform/src/http/safe-fetch.ts",
    ]);
    expect(matching(/\bcreateRemoteJWKSet\b/)).toEqual([]);
  });

  test("the types of headers are only types", () => {
    expect(readFileSync(`${root}apps/api/src/auth/identify-session.ts`, "utf8")).toContain(
      'import type { IncomingHttpHeaders } from "node:http"',
    );
  });

  test("pages and issuers come from the configuration of the process, not from a table or a request", () => {
    const health = readFileSync(`${root}apps/api/src/http/health.ts`, "utf8");
    expect([...health.matchAll(/reach\(([^)]*)\)/g)].map(([, argument]) => argument)).toEqual(["parts.dashboardUrl", "url: string"]);
    expect(matching(/\bgenericOAuth\(/)).toEqual(["apps/api/src/auth/single-sign-on.ts"]);
    expect(matching(/\bregisterSSOProvider\b|better-auth\/sso/)).toEqual([]);
  });
});
