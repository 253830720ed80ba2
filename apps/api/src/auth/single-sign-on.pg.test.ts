import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiUnderTest, Browser, testOrigin } from "../testing/api-under-test.ts";
import { IdentityProvider, otherClientId } from "../testing/identity-provider.ts";

const redirectUri = `${testOrigin}/api/auth/callback/sso`;
let idp: IdentityProvider;
let api: ApiUnderTest;
let closed: ApiUnderTest;
beforeAll(async () => {
  idp = await IdentityProvider.start(redirectUri);
  const sso = { name: "Acme ID", issuer: idp.issuer, clientId: idp.clientId, clientSecret: idp.clientSecret, trustEmail: false };
  api = await ApiUnderTest.start(null, { ...sso, defaultRole: "auditor" });
  closed = await ApiUnderTest.start(null, { ...sso, defaultRole: null });
  idp.people.set("ann", { email: "ann@acme.example", emailVerified: true, name: "Ann Acme" });
  idp.people.set("bo", { email: "bo@acme.example", emailVerified: true, name: "Bo Acme" });
  idp.people.set("mallory", { email: "admin@rollcall.local", emailVerified: false, name: "Mallory" });
});
afterAll(async () => {
  await api?.stop();
  await closed?.stop();
  await idp?.stop();
});

const beginSso = (browser: Browser) =>
  browser.send({
    method: "POST",
    url: "/api/auth/sign-in/social",
    headers: { "content-type": "application/json" },
    payload: JSON.stringify({ provider: "sso", callbackURL: "/", errorCallbackURL: "/sign-in" }),
  });

/** As a browser: ask us, go to the provider, come back. */
async function comeBySso(under: ApiUnderTest, sub: string): Promise<Browser> {
  const browser = new Browser(under.app);
  const begun = await beginSso(browser);
  expect(begun.statusCode, begun.body).toBe(200);
  const back = new URL(await idp.signIn(begun.json<{ url: string }>().url, sub));
  expect(back.href.startsWith(redirectUri)).toBe(true);
  await browser.get(`${back.pathname}${back.search}`);
  return browser;
}
interface Me {
  readonly user: { readonly id: string; readonly email: string; readonly name: string };
  readonly role: string;
}

describe("single sign-on with a real provider", () => {
  test("the sign-in page learns that it is offered", async () => {
    expect((await new Browser(api.app).get("/api/auth/sign-in-options")).json()).toMatchObject({ sso: { name: "Acme ID" } });
  });

  test("a person whom the provider knows gets the default role, and the same account the next time", async () => {
    await api.admin();
    const first = await (await comeBySso(api, "ann")).query<Me>("session.me");
    expect(first).toMatchObject({ role: "auditor", user: { email: "ann@acme.example", name: "Ann Acme" } });
    const again = await (await comeBySso(api, "ann")).query<Me>("session.me");
    expect(again.user.id).toBe(first.user.id);
    const log = await api.database.query("select action from audit_event where actor_id = $1 order by seq", [first.user.id]);
    expect(log.map((row) => row["action"])).toEqual(["member.added", "session.signed_in", "session.signed_in"]);
  });

  test("somebody invited keeps the role, and whoever used the unproven address before is signed out", async () => {
    const admin = await api.admin();
    const earlier = await api.invite(admin, "analyst", "bo@acme.example");
    await earlier.send({
      method: "POST",
      url: "/api/auth/set-password",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ newPassword: "a long enough password" }),
    });
    expect(await earlier.query<Me>("session.me")).toMatchObject({ role: "analyst" });
    const user = "(select id from auth_user where email = 'bo@acme.example')";
    const left = () =>
      api.database.query(
        `select (select count(*)::int from auth_passkey where user_id = ${user}) as passkeys, (select count(*)::int from auth_two_factor where user_id = ${user}) as factors,
                (select two_factor_enabled from auth_user where id = ${user}) as asked`,
      );
    await api.database.query(
      `insert into auth_passkey (id, user_id, public_key, credential_id, counter, device_type, backed_up) values ('p-bo', ${user}, 'key', 'credential-bo', 0, 'singleDevice', false)`,
    );
    await api.database.query(
      `insert into auth_two_factor (id, user_id, secret, backup_codes) values ('t-bo', ${user}, 'sealed', 'sealed')`,
    );
    await api.database.query(`update auth_user set two_factor_enabled = true where id = ${user}`);
    expect(await left()).toEqual([{ passkeys: 1, factors: 1, asked: true }]);
    const bo = await comeBySso(api, "bo");
    expect(await left()).toEqual([{ passkeys: 0, factors: 0, asked: false }]);
    expect(await bo.query<Me>("session.me")).toMatchObject({ role: "analyst", user: { email: "bo@acme.example" } });
    expect((await earlier.queryRaw("session.me")).statusCode).toBe(401);
    const byPassword = await new Browser(api.app).send({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ email: "bo@acme.example", password: "a long enough password" }),
    });
    expect(byPassword.statusCode).toBe(401);
  });

  test("an address that the provider has not verified opens nobody's account", async () => {
    await api.admin();
    const mallory = await comeBySso(api, "mallory");
    expect(mallory.last?.headers.location).toBe("/sign-in?error=email_not_verified");
    expect((await mallory.queryRaw("session.me")).statusCode).toBe(401);
  });

  test("without a default role, people nobody invited are sent away", async () => {
    const ann = await comeBySso(closed, "ann");
    expect(ann.last?.headers.location).toContain("/sign-in");
    expect((await ann.queryRaw("session.me")).statusCode).toBe(401);
  });

  test("an answer of the provider is good for one browser only", async () => {
    const browser = new Browser(api.app);
    const begun = await beginSso(browser);
    const back = new URL(await idp.signIn(begun.json<{ url: string }>().url, "ann"));
    const other = new Browser(api.app);
    await other.get(`${back.pathname}${back.search}`);
    expect(other.last?.headers.location).toBe("/sign-in?error=state_mismatch");
    await other.get("/api/auth/callback/sso?error=access_denied&state=none");
    expect(other.last?.headers.location).toBe("/sign-in?error=state_mismatch");
    expect((await other.queryRaw("session.me")).statusCode).toBe(401);
  });

  test("the provider's tokens are kept nowhere, also when somebody comes again", async () => {
    await comeBySso(api, "ann");
    await comeBySso(api, "ann");
    const kept = await api.database.query("select * from auth_account where provider_id = 'sso'");
    expect(kept.length).toBeGreaterThan(0);
    const tokens = kept.flatMap((row) => [row["access_token"], row["refresh_token"], row["id_token"]]);
    expect(tokens.filter((token) => token !== null)).toEqual([]);
  });

  test("a token that a browser brings along lets nobody in", async () => {
    const browser = new Browser(api.app);
    const brought = await browser.send({
      method: "POST",
      url: "/api/auth/sign-in/social",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ provider: "sso", idToken: { token: await idp.idTokenFor("ann"), nonce: "own" } }),
    });
    expect(brought.statusCode).toBe(403);
    expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
  });

  test.each([
    ["of another sign-in of the same person", () => idp.idTokenFor("ann")],
    ["for somebody else", () => idp.idTokenFor("ann", otherClientId)],
    ["that nobody signed", async () => `${(await idp.idTokenFor("ann")).split(".").slice(0, 2).join(".")}.`],
    ["that is not there", async () => undefined],
  ])("an ID token %s lets nobody in", async (_which, other) => {
    const id_token = await other();
    idp.alterTokens = (tokens) => ({ ...tokens, id_token });
    try {
      const ann = await comeBySso(api, "ann");
      expect(ann.last?.headers.location).toBe("/sign-in?error=unable_to_get_user_info");
      expect((await ann.queryRaw("session.me")).statusCode).toBe(401);
    } finally {
      idp.alterTokens = null;
    }
  });
});

test("a provider that calls itself otherwise than the operator does lets nobody in", async () => {
  // The same server, by a name of which its discovery document knows nothing.
  const issuer = idp.issuer.replace("127.0.0.1", "localhost");
  const sso = { name: "Acme ID", issuer, clientId: idp.clientId, clientSecret: idp.clientSecret, trustEmail: false };
  const misled = await ApiUnderTest.start(null, { ...sso, defaultRole: "auditor" });
  try {
    const begun = await beginSso(new Browser(misled.app));
    expect([begun.statusCode, begun.json<{ code: string }>().code]).toEqual([403, "ISSUER_MISMATCH"]);
    const browser = new Browser(misled.app);
    await browser.get("/api/auth/callback/sso?code=any&state=any");
    expect(browser.last?.headers.location).toBe("/sign-in?error=issuer_mismatch");
  } finally {
    await misled.stop();
  }
});
