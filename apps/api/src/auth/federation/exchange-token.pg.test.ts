import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LightMyRequestResponse } from "fastify";
import type { JWTPayload } from "jose";
import type { ServiceUserRow } from "@rollcall/posture-pipeline";
import { ApiUnderTest, type Browser } from "../../testing/api-under-test.ts";
import { TokenIssuer } from "../../testing/token-issuer.ts";
import { liveTokensAtMost } from "./exchange-token.ts";

const audience = "https://rollcall.example.org";
const job: JWTPayload = {
  sub: "repo:acme/shop:ref:refs/heads/main",
  aud: audience,
  repository: "acme/shop",
  ref: "refs/heads/main",
  jti: "run-1",
};
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

let api: ApiUnderTest;
let admin: Browser;
let issuer: TokenIssuer;
let other: TokenIssuer;
let serviceUserId: string;
let federationId: string;

beforeAll(async () => {
  [issuer, other] = [await TokenIssuer.start(), await TokenIssuer.start()];
  api = await ApiUnderTest.start(null, null, [issuer.host, other.host]);
  admin = await api.admin();
  const me = await admin.query<{ user: { id: string } }>("session.me");
  serviceUserId = (
    await admin.mutate<{ id: string }>("settings.serviceUsers.create", { name: "builds", purpose: "Pushes", ownerUserId: me.user.id })
  ).id;
  federationId = await federation(["ingest"]);
});
afterAll(async () => {
  await api?.stop();
  await issuer?.stop();
  await other?.stop();
});

const federation = async (scopes: readonly string[], more: object = {}): Promise<string> =>
  (
    await admin.mutate<{ id: string }>("settings.federations.create", {
      serviceUserId,
      name: "main branch",
      issuer: issuer.url,
      audience,
      conditions: [
        { claim: "repository", match: "exact", value: "acme/shop" },
        { claim: "ref", match: "glob", value: "refs/heads/*" },
      ],
      scopes,
      ...more,
    })
  ).id;

let address = 0;
/** Without an Origin and without a cookie, as a job sends it. Each from its own address: refusals are slowed down per address. */
const exchange = (token: string, fields: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> =>
  api.app.inject({
    method: "POST",
    url: "/api/v1/token",
    remoteAddress: `10.2.0.${(address += 1) % 250}`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: token,
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      audience: federationId,
      ...fields,
    }).toString(),
  });
const accessOf = async (response: LightMyRequestResponse): Promise<string> => response.json<{ access_token: string }>().access_token;
const push = (key: string): Promise<LightMyRequestResponse> =>
  api.withKey(key, {
    method: "POST",
    url: "/api/v1/ingestions?account=ci",
    headers: { "content-type": "application/x-ndjson" },
    payload: `${JSON.stringify({ kind: "identity", ref: "bot/x", identityKind: "bot", name: "x", provider: "test", facts: {}, attributes: {} })}\n`,
  });
const refusal = (response: LightMyRequestResponse): readonly unknown[] => {
  const body = response.json<{ error?: string; detail?: string }>();
  return [response.statusCode, body.error, body.detail];
};

describe("a job that shows a token of its issuer", () => {
  test("gets a short-lived token with the scopes of the federation and nothing more", async () => {
    const response = await exchange(await issuer.token(job));
    expect(response.statusCode, response.body).toBe(200);
    expect(response.headers["cache-control"]).toBe("no-store");
    expect(response.json()).toMatchObject({
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
      token_type: "Bearer",
      expires_in: 900,
      scope: "ingest",
    });
    const key = await accessOf(response);
    expect(key).toMatch(/^rcl_ci_/);
    expect((await push(key)).statusCode).toBe(202);
    expect((await api.withKey(key, { method: "GET", url: "/api/v1/identities" })).statusCode).toBe(403);
  });

  test("is named by the audit log, at the exchange and in what it does", async () => {
    const key = await accessOf(await exchange(await issuer.token(job)));
    expect((await push(key)).statusCode).toBe(202);
    const { items } = await admin.query<{
      items: { action: string; actorKind: string; actorName: string; detail: Record<string, unknown> }[];
    }>("audit.list", {
      limit: 2,
    });
    expect(items.map(({ action, actorKind, actorName }) => [action, actorKind, actorName])).toEqual([
      ["ingestion.created", "api_key", `main branch: ${job.sub}`],
      ["federation.exchanged", "api_key", `main branch: ${job.sub}`],
    ]);
    expect(items[1]!.detail).toMatchObject({ subject: job.sub, presentedId: "run-1" });
    expect(JSON.stringify(items)).not.toContain(key);
  });

  test("may show it again until it ends; the token it gets ends too", async () => {
    const token = await issuer.token(job, { at: api.clock.now() });
    const key = await accessOf(await exchange(token));
    expect((await exchange(token)).statusCode).toBe(200);
    api.clock.forwardMinutes(7);
    expect(refusal(await exchange(token))).toEqual([400, "invalid_request", "The token has expired"]);
    expect((await push(key)).statusCode).toBe(202);
    api.clock.forwardMinutes(9);
    expect((await push(key)).statusCode).toBe(401);
  });

  test("is let in when the issuer rotated its keys, and made-up key ids do not make us call out again and again", async () => {
    const now = { at: api.clock.now() };
    expect((await exchange(await issuer.token(job, now))).statusCode).toBe(200);
    api.clock.forwardMinutes(1);
    await issuer.rotate("second");
    expect((await exchange(await issuer.token(job, { at: api.clock.now() }))).statusCode).toBe(200);
    const asked = issuer.asked;
    for (let index = 0; index < 5; index += 1)
      expect((await exchange(await issuer.token(job, { at: api.clock.now(), kid: `invented-${index}` }))).statusCode).toBe(400);
    expect(issuer.asked).toBe(asked);
  });
});

describe("refused", () => {
  const now = () => ({ at: api.clock.now() });
  const cases: readonly { readonly name: string; readonly token: () => Promise<string>; readonly says: RegExp }[] = [
    {
      name: "another audience",
      token: () => issuer.token({ ...job, aud: "https://elsewhere.example.org" }, now()),
      says: /another audience/,
    },
    {
      name: "no audience",
      token: () => issuer.token({ sub: job.sub!, repository: "acme/shop", ref: "refs/heads/main" }, now()),
      says: /another audience/,
    },
    { name: "another repository", token: () => issuer.token({ ...job, repository: "acme/other" }, now()), says: /claim repository/ },
    { name: "a ref that the glob does not take", token: () => issuer.token({ ...job, ref: "refs/heads/a/b" }, now()), says: /claim ref/ },
    {
      name: "an absent claim",
      token: () => issuer.token({ sub: job.sub!, aud: audience, ref: "refs/heads/main" }, now()),
      says: /claim repository/,
    },
    {
      name: "no subject",
      token: () => issuer.token({ aud: audience, repository: "acme/shop", ref: "refs/heads/main" }, now()),
      says: /claim sub/,
    },
    { name: "an expired one", token: () => issuer.token(job, { at: new Date(api.clock.now().getTime() - 600_000) }), says: /expired/ },
    {
      name: "one issued long ago that does not end",
      token: () => issuer.token(job, { at: new Date(api.clock.now().getTime() - 7_200_000), minutes: 1_000 }),
      says: /too old/,
    },
    { name: "one from the future", token: () => issuer.token(job, { at: new Date(api.clock.now().getTime() + 600_000) }), says: /future/ },
    { name: "another issuer's", token: () => other.token(job, now()), says: /another issuer/ },
    { name: "another issuer's in this one's name", token: () => other.token(job, { ...now(), issuer: issuer.url }), says: /signature/ },
    {
      name: "another issuer's with this one's key id",
      token: async () => other.token(job, { ...now(), issuer: issuer.url, kid: issuer.publicKey.kid! }),
      says: /signature/,
    },
    { name: "an unsigned one", token: async () => `${part({ alg: "none" })}.${part({ ...job, iss: issuer.url })}.`, says: /not signed/ },
    {
      name: "one signed with the public key as a shared secret",
      token: async () => {
        const text = `${part({ alg: "HS256", kid: issuer.publicKey.kid })}.${part({ ...job, iss: issuer.url, iat: Math.floor(api.clock.now().getTime() / 1000), exp: 4e9 })}`;
        return `${text}.${createHmac("sha256", JSON.stringify(issuer.publicKey)).update(text).digest("base64url")}`;
      },
      says: /not signed/,
    },
    {
      name: "one that brings its own key",
      token: async () => {
        const [, payload = "", signature = ""] = (await other.token(job, { ...now(), issuer: issuer.url })).split(".");
        return `${part({ alg: "RS256", jwk: other.publicKey, jku: `${other.url}/keys` })}.${payload}.${signature}`;
      },
      says: /signature/,
    },
    {
      name: "a changed one",
      token: async () => {
        const [header = "", , signature = ""] = (await issuer.token(job, now())).split(".");
        return `${header}.${part({ ...job, iss: issuer.url, repository: "acme/shop", iat: 1, exp: 4e9 })}.${signature}`;
      },
      says: /signature/,
    },
    { name: "no token at all", token: async () => "hello", says: /not a signed/ },
    { name: "a huge one", token: async () => `${"a".repeat(9_000)}.b.c`, says: /subject_token/ },
  ];
  test.each(cases)("$name", async ({ token, says }) => {
    const [status, error, detail] = refusal(await exchange(await token()));
    expect([status, error]).toEqual([400, "invalid_request"]);
    expect(detail).toMatch(says);
  });

  test("a body that is larger than any token", async () => {
    expect((await exchange("a".repeat(64 * 1024))).statusCode).toBe(413);
  });
  test("a field that is given twice", async () => {
    const response = await api.app.inject({
      method: "POST",
      url: "/api/v1/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "audience=a&audience=b",
    });
    expect(refusal(response)).toEqual([400, "invalid_request", "A field is given more than once"]);
  });
  test("a claim that does not fit is written to the audit log, because the token was real", async () => {
    await exchange(await issuer.token({ ...job, repository: "acme/other" }, now()));
    const { items } = await admin.query<{ items: { action: string; detail: object }[] }>("audit.list", { limit: 1 });
    expect(items[0]).toMatchObject({ action: "federation.refused", detail: { subject: job.sub, claim: "repository" } });
  });
  test("a federation that never was, one that was revoked and one of a disabled service user, in the same words", async () => {
    const never = await exchange(await issuer.token(job, now()), { audience: "0190b0a0-0000-7000-8000-00000000dead" });
    const revoked = await federation(["ingest"]);
    const key = await accessOf(await exchange(await issuer.token(job, now()), { audience: revoked }));
    expect((await push(key)).statusCode).toBe(202);
    await admin.mutate("settings.federations.revoke", { id: revoked });
    const after = await exchange(await issuer.token(job, now()), { audience: revoked });
    expect(refusal(after)).toEqual(refusal(never));
    expect(refusal(after)).toEqual([400, "invalid_request", "There is no such federation, or it was revoked"]);
    // What was given under it ends with it.
    expect((await push(key)).statusCode).toBe(401);
  });
  test("an issuer that is down or says to be another", async () => {
    const { id } = await admin.mutate<{ id: string }>("settings.federations.create", {
      serviceUserId,
      name: "other",
      issuer: other.url,
      audience,
      conditions: [{ claim: "repository", match: "exact", value: "acme/shop" }],
      scopes: ["ingest"],
    });
    other.down = true;
    expect((await exchange(await other.token(job, now()), { audience: id })).statusCode).toBe(503);
    other.down = false;
    other.says = issuer.url;
    api.clock.forwardMinutes(1);
    expect(refusal(await exchange(await other.token(job, now()), { audience: id }))).toEqual([
      503,
      "temporarily_unavailable",
      expect.stringContaining("configuration"),
    ]);
    other.says = null;
    api.clock.forwardMinutes(1);
    expect((await exchange(await other.token(job, now()), { audience: id })).statusCode).toBe(200);
  });
  test("more tokens than may live at once", async () => {
    const { machines } = api.parts.services;
    const stored = (await machines.findFederation(federationId))!;
    const inOneHour = new Date(api.clock.now().getTime() + 3_600_000).toISOString();
    const token = { secretHash: "x", subject: "x", presentedId: null, now: api.clock.now().toISOString(), expiresAt: inOneHour };
    let given = 0;
    while (given <= liveTokensAtMost && (await machines.issueFederatedToken(stored, { ...token, keyId: `fill${given}` }, liveTokensAtMost)))
      given += 1;
    expect(given).toBeLessThanOrEqual(liveTokensAtMost);
    expect((await exchange(await issuer.token(job, now()))).statusCode).toBe(429);
    api.clock.forwardMinutes(61);
    expect((await exchange(await issuer.token(job, now()))).statusCode).toBe(200);
  });
});

describe("a service user", () => {
  const platform = async (): Promise<string> => {
    const teams = await admin.query<readonly { id: string; name: string }[]>("settings.teams.list");
    const known = teams.find(({ name }) => name === "Platform")?.id;
    return known ?? (await admin.mutate<{ id: string }>("settings.teams.save", { id: null, name: "Platform" })).id;
  };
  test("is answered for by a member or a team, and by nobody else", async () => {
    const input = { name: "x", purpose: "y" };
    expect((await admin.mutateRaw("settings.serviceUsers.create", input)).statusCode).toBe(400);
    expect((await admin.mutateRaw("settings.serviceUsers.create", { ...input, ownerUserId: "stranger" })).statusCode).toBe(404);
    const elsewhere = "018f0000-0000-7000-8000-000000000000";
    expect((await admin.mutateRaw("settings.serviceUsers.create", { ...input, ownerTeamId: elsewhere })).statusCode).toBe(404);
    const made = await admin.mutate<ServiceUserRow>("settings.serviceUsers.create", { ...input, ownerTeamId: await platform() });
    expect(made).toMatchObject({ ownerTeam: "Platform", ownerUserId: null });
  });
  test("goes by the team's present name, and keeps it when the team is removed: nobody answers any more, and that shows", async () => {
    const ownerTeamId = (await admin.mutate<{ id: string }>("settings.teams.save", { id: null, name: "Payments" })).id;
    const { id } = await admin.mutate<{ id: string }>("settings.serviceUsers.create", { name: "paying", purpose: "y", ownerTeamId });
    const now = async () => (await admin.query<readonly ServiceUserRow[]>("settings.serviceUsers.list")).find((user) => user.id === id);
    await admin.mutate("settings.teams.save", { id: ownerTeamId, name: "Money" });
    expect(await now()).toMatchObject({ ownerTeam: "Money", ownerTeamId });
    await admin.mutate("settings.teams.remove", { id: ownerTeamId });
    expect(await now()).toMatchObject({ ownerTeam: "Money", ownerTeamId: null });
  });
  test("takes its keys, federations and tokens with it when it is disabled", async () => {
    const { id } = await admin.mutate<{ id: string }>("settings.serviceUsers.create", {
      name: "old",
      purpose: "y",
      ownerTeamId: await platform(),
    });
    const { key } = await admin.mutate<{ key: string }>("settings.apiKeys.create", {
      name: "of old",
      scopes: ["ingest"],
      serviceUserId: id,
    });
    const own = await federation(["ingest"], { serviceUserId: id });
    const exchanged = await accessOf(await exchange(await issuer.token(job, { at: api.clock.now() }), { audience: own }));
    expect([(await push(key)).statusCode, (await push(exchanged)).statusCode]).toEqual([202, 202]);
    await admin.mutate("settings.serviceUsers.disable", { id });
    expect([(await push(key)).statusCode, (await push(exchanged)).statusCode]).toEqual([401, 401]);
    expect((await admin.mutateRaw("settings.apiKeys.create", { name: "more", scopes: ["ingest"], serviceUserId: id })).statusCode).toBe(
      404,
    );
    expect(refusal(await exchange(await issuer.token(job, { at: api.clock.now() }), { audience: own }))[2]).toContain("no such federation");
  });
  test("a shared issuer needs a condition that says who", async () => {
    const input = { serviceUserId, name: "x", issuer: "https://token.actions.githubusercontent.com", audience, scopes: ["ingest"] };
    const conditions = [{ claim: "ref", match: "exact", value: "refs/heads/main" }];
    const response = await admin.mutateRaw("settings.federations.create", { ...input, conditions });
    expect([response.statusCode, response.body]).toEqual([400, expect.stringContaining("signs for everybody")]);
    expect((await admin.mutateRaw("settings.federations.create", { ...input, conditions, scopes: ["admin"] })).statusCode).toBe(400);
  });
});
