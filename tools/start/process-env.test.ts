import { expect, it } from "vitest";
import { readEnv } from "../../apps/api/src/env.ts";
import { singleSignOnEnv, withoutSecrets } from "./process-env.ts";

const operator = {
  PATH: "/bin",
  DATABASE_URL: "postgresql://app@db/rollcall",
  ROLLCALL_SECRET: "a".repeat(64),
  OIDC_ISSUER: "https://id.example.com",
  OIDC_CLIENT_ID: "rollcall",
  OIDC_CLIENT_SECRET: "s",
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
