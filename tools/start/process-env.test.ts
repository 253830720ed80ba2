import { expect, it } from "vitest";
import { runtimeUrls } from "@rollcall/persistence";
import { readEnv } from "../../apps/api/src/env.ts";
import { keySourceEnv, singleSignOnEnv, withoutOwner, withoutSecrets } from "./process-env.ts";

const keys = { CONNECTOR_KEY_SOURCE: "env", CONNECTOR_KEYS: "b".repeat(64), VAULT_TOKEN: "t", AWS_SECRET_ACCESS_KEY: "k" };
const operator = {
  PATH: "/bin",
  DATABASE_URL: "postgresql://app@db/rollcall",
  ROLLCALL_SECRET: "a".repeat(64),
  OIDC_ISSUER: "https://id.example.com",
  OIDC_CLIENT_ID: "rollcall",
  OIDC_CLIENT_SECRET: "s",
  ...keys,
};
const database = { DATABASE_URL: operator.DATABASE_URL, ROLLCALL_SECRET: operator.ROLLCALL_SECRET };

it("keeps secrets from processes that have no use for them", () => {
  expect(withoutSecrets(operator)).toEqual({ PATH: "/bin" });
});

it("tells the API the whole of single sign-on, and the sign-in link nothing of it, so that both start", () => {
  expect(readEnv({ ...withoutSecrets(operator), ...database, ...singleSignOnEnv(operator) }).sso).toMatchObject({
    issuer: operator.OIDC_ISSUER,
    clientSecret: "s",
  });
  expect(readEnv({ ...withoutSecrets(operator), ...database }).sso).toBeNull();
});

it("gives the keys of credentials, and what opens them, to the worker alone", () => {
  expect(keySourceEnv(operator)).toEqual(keys);
  expect(Object.keys({ ...withoutSecrets(operator), ...singleSignOnEnv(operator) }).filter((name) => name in keys)).toEqual([]);
});

it("tells those who run where the database is, and nothing of its owner", () => {
  const owner = { ...database, DATABASE_URL: "postgresql://rollcall_owner:hunter2@db:5433/rollcall?sslmode=verify-full" };
  const told = withoutOwner(owner);
  expect(told["DATABASE_URL"]).toBe("postgresql://db:5433/rollcall?sslmode=verify-full");
  const { databaseUrl, rootKey } = readEnv(told);
  expect(runtimeUrls(databaseUrl, rootKey)).toEqual(runtimeUrls(owner.DATABASE_URL, rootKey));
});
