import { hashPassword as libraryHash } from "better-auth/crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "@rollcall/platform";
import { testRootKey } from "@rollcall/persistence/testing";
import { buildApp } from "../build-app.ts";
import { compose } from "../compose.ts";
import { ApiUnderTest, Browser } from "../testing/api-under-test.ts";
import { issueForgottenLink, issueSignInLink } from "./issue-sign-in-link.ts";

// B5: how long a session lasts, what ends it, and how its cookie is kept.

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api?.stop());

const json = (url: string, payload: object) =>
  ({ method: "POST", url, headers: { "content-type": "application/json" }, payload: JSON.stringify(payload) }) as const;
const sessionCookie = (browser: Browser): string => {
  const set = [browser.last!.headers["set-cookie"] ?? []].flat().find((line) => line.includes("session_token"));
  expect(set).toBeDefined();
  return set!;
};

test("the cookie is kept from scripts and other sites, and ends after half an hour", async () => {
  const admin = await api.admin();
  expect(sessionCookie(admin).split("; ").slice(1).sort()).toEqual(["HttpOnly", "Max-Age=1800", "Path=/", "SameSite=Lax"]);
});

test("over https the cookie is bound to the host", async () => {
  const origin = "https://rollcall.example";
  const env = { databaseUrl: api.database.ownerUrl, rootKey: testRootKey, host: "127.0.0.1", port: 4700, origin, dashboardUrl: null };
  const parts = compose(
    { ...env, landingPage: "/welcome", sso: null, privateHosts: [] },
    { logger: createLogger("test", { level: "silent" }) },
  );
  const app = await buildApp(parts);
  try {
    const { url } = await issueSignInLink(parts.services);
    const browser = new Browser(app);
    await browser.get(url.slice(origin.length));
    const cookie = sessionCookie(browser);
    expect(cookie).toMatch(/^__Host-rollcall\.session_token=/);
    expect(cookie.split("; ").slice(1).sort()).toEqual(["HttpOnly", "Max-Age=1800", "Path=/", "SameSite=Lax", "Secure"]);
    expect(await browser.query("session.me")).toMatchObject({ role: "admin" });
  } finally {
    await app.close();
    await parts.close();
  }
});

test("a session is given half an hour, which use prolongs; after it, it opens nothing", async () => {
  const admin = await api.admin();
  const newest = "(select id from auth_session order by created_at desc limit 1)";
  const [given] = await api.database.query(
    `select round(extract(epoch from expires_at - created_at)) as seconds from auth_session where id = ${newest}`,
  );
  expect(Number(given!["seconds"])).toBe(1800);
  // As 28 minutes without a request would leave it.
  await api.database.query(
    `update auth_session set expires_at = now() + interval '2 minutes', updated_at = now() - interval '28 minutes' where id = ${newest}`,
  );
  expect((await admin.queryRaw("session.me")).statusCode).toBe(200);
  const [left] = await api.database.query(
    `select extract(epoch from expires_at - now()) as seconds from auth_session where id = ${newest}`,
  );
  expect(Number(left!["seconds"])).toBeGreaterThan(1700);
  await api.database.query(`update auth_session set expires_at = now() - interval '1 second' where id = ${newest}`);
  expect((await admin.queryRaw("session.me")).statusCode).toBe(401);
});

test("a changed password ends every other session, also when the sender would not have it so", async () => {
  const admin = await api.admin();
  const first = await api.invite(admin, "analyst", "hedy@example.org");
  const [before, after] = ["correct horse battery", "another horse battery"];
  expect((await first.send(json("/api/auth/set-password", { newPassword: before }))).statusCode).toBe(200);
  const second = new Browser(api.app);
  expect((await second.send(json("/api/auth/sign-in/email", { email: "hedy@example.org", password: before }))).statusCode).toBe(200);
  const changed = await second.send(
    json("/api/auth/change-password", { currentPassword: before, newPassword: after, revokeOtherSessions: false }),
  );
  expect(changed.statusCode, changed.body).toBe(200);
  expect((await second.queryRaw("session.me")).statusCode).toBe(200);
  expect((await first.queryRaw("session.me")).statusCode).toBe(401);
});

test("who took a session over guesses the password inside no faster than at the door", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "lise@example.org");
  const password = "correct horse battery";
  expect((await person.send(json("/api/auth/set-password", { newPassword: password }))).statusCode).toBe(200);
  const guess = (at: number) =>
    at % 2 === 0
      ? json("/api/auth/change-password", { currentPassword: `wrong horse ${at}`, newPassword: "another horse battery" })
      : json("/api/auth/two-factor/enable", { password: `wrong horse ${at}` });
  const statuses: number[] = [];
  for (let at = 0; at < 6; at += 1) statuses.push((await person.send(guess(at))).statusCode);
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  const door = new Browser(api.app);
  expect((await door.send(json("/api/auth/sign-in/email", { email: "lise@example.org", password }))).statusCode).toBe(429);
});

test("a password is compared as it is, to its last character", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "grete@example.org");
  const long = `Teapot ${"under the stairs ".repeat(7)}`.slice(0, 127) + "Z";
  expect((await person.send(json("/api/auth/set-password", { newPassword: long }))).statusCode).toBe(200);
  const signIn = async (password: string): Promise<number> =>
    (await new Browser(api.app).send(json("/api/auth/sign-in/email", { email: "grete@example.org", password }))).statusCode;
  expect(await signIn(`${long.slice(0, 127)}Y`)).toBe(401);
  expect(await signIn(long.toLowerCase())).toBe(401);
  expect(await signIn(long)).toBe(200);
});

test("passwords are kept as scrypt asks for today; one kept with less work is kept anew when its person comes", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "kept@example.org");
  const password = "correct horse battery";
  expect((await person.send(json("/api/auth/set-password", { newPassword: password }))).statusCode).toBe(200);
  const account = "provider_id = 'credential' and user_id = (select id from auth_user where email = 'kept@example.org')";
  const kept = async (): Promise<string> =>
    String((await api.database.query(`select password from auth_account where ${account}`))[0]!["password"]);
  expect(await kept()).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
  const older = await libraryHash(password);
  await api.database.query(`update auth_account set password = '${older}' where ${account}`);
  const come = (secret: string) =>
    new Browser(api.app).send(json("/api/auth/sign-in/email", { email: "kept@example.org", password: secret }));
  expect((await come("another horse battery")).statusCode).toBe(401);
  expect(await kept()).toBe(older);
  expect((await come(password)).statusCode).toBe(200);
  expect(await kept()).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect([(await come(password)).statusCode, (await come("another horse battery")).statusCode]).toEqual([200, 401]);
});

test("a forgotten password ends with what it opened; the operator's link lets its person set another, and nobody else", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "owner", "henrietta@example.org");
  const signIn = (password: string) =>
    new Browser(api.app).send(json("/api/auth/sign-in/email", { email: "henrietta@example.org", password }));
  await person.send(json("/api/auth/set-password", { newPassword: "correct horse battery" }));
  expect((await signIn("correct horse battery")).statusCode).toBe(200);
  expect(await issueForgottenLink(api.parts.services, "nobody@example.org")).toBeNull();
  const url = await issueForgottenLink(api.parts.services, "Henrietta@example.org");
  expect((await person.queryRaw("session.me")).statusCode).toBe(401);
  expect((await signIn("correct horse battery")).statusCode).toBe(401);
  const back = await api.openLink(url!);
  expect(await back.query("session.me")).toMatchObject({ role: "owner", user: { email: "henrietta@example.org" } });
  expect((await back.send(json("/api/auth/set-password", { newPassword: "another horse battery" }))).statusCode).toBe(200);
  expect((await signIn("another horse battery")).statusCode).toBe(200);
  const rows = await api.database.query("select action from audit_event order by seq desc limit 6");
  expect(rows.map(({ action }) => action)).toEqual([
    "session.signed_in",
    "password.set",
    "session.signed_in",
    "sign_in_link.used",
    "sign_in_link.created",
    "password.forgotten",
  ]);
});

test("a password that is tried first is refused, when it is set and when it is changed", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "katherine@example.org");
  const refused = await person.send(json("/api/auth/set-password", { newPassword: "Katherine-2026!" }));
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([400, "PASSWORD_TOO_WEAK"]);
  expect((await person.send(json("/api/auth/set-password", { newPassword: "correct horse battery" }))).statusCode).toBe(200);
  const change = { currentPassword: "correct horse battery", newPassword: "Rollcall-Admin-1" };
  expect((await person.send(json("/api/auth/change-password", change))).json<{ code: string }>().code).toBe("PASSWORD_TOO_WEAK");
});

test("answers are not to be kept by anybody on the way", async () => {
  const admin = await api.admin();
  for (const url of ["/api/v1/identities", "/api/v1/posture", "/api/v1/audit", "/trpc/session.me", "/api/auth/get-session"])
    expect([url, (await admin.get(url)).headers["cache-control"]]).toEqual([url, "no-store"]);
});

test("signing out has the browser forget what it kept", async () => {
  const admin = await api.admin();
  const left = await admin.send(json("/api/auth/sign-out", {}));
  expect([left.statusCode, left.headers["clear-site-data"]]).toEqual([200, '"cache"']);
  expect((await admin.queryRaw("session.me")).statusCode).toBe(401);
});

test("a session of twelve hours opens the account no more than the data: no password, no passkey, no address", async () => {
  const admin = await api.admin();
  await api.database.query(
    "update auth_session set created_at = now() - interval '721 minutes' where id = (select id from auth_session order by created_at desc limit 1)",
  );
  const tries = [
    json("/api/auth/set-password", { newPassword: "correct horse battery" }),
    json("/api/auth/change-email", { newEmail: "mallory@example.org" }),
    { method: "GET", url: "/api/auth/passkey/generate-register-options" } as const,
  ];
  for (const one of tries) expect([one.url, (await new Browser(api.app, admin.cookie).send(one)).statusCode]).toEqual([one.url, 401]);
  expect((await admin.get("/api/auth/get-session")).body).toBe("null");
});

test("who is removed from the last workspace is signed out everywhere", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "mary@example.org");
  const members = await admin.query<{ userId: string; email: string }[]>("settings.members.list");
  const { userId } = members.find(({ email }) => email === "mary@example.org")!;
  await admin.mutate("settings.members.remove", { userId });
  expect(await api.database.query(`select id from auth_session where user_id = '${userId}'`)).toEqual([]);
  expect((await person.queryRaw("session.me")).statusCode).toBe(401);
  expect((await person.send(json("/api/auth/set-password", { newPassword: "correct horse battery" }))).statusCode).toBe(401);
});

test("nobody takes an address by which somebody else answers for identities; an admin may correct their own", async () => {
  const admin = await api.admin();
  const owner = await api.invite(admin, "owner", "rosalind@example.org");
  const taken = await owner.send(json("/api/auth/change-email", { newEmail: "billing@example.org" }));
  expect([taken.statusCode, taken.json<{ code: string }>().code]).toEqual([403, "EMAIL_IS_AN_OWNER_NAME"]);
  expect(await owner.query<{ user: { email: string } }>("session.me")).toMatchObject({ user: { email: "rosalind@example.org" } });
  expect((await admin.send(json("/api/auth/change-email", { newEmail: "root@example.org" }))).statusCode).toBe(200);
});

test("each sign-in makes a session of its own, by letters that nobody guesses", async () => {
  await api.admin();
  await api.admin();
  const rows = await api.database.query("select token from auth_session order by created_at desc limit 2");
  const tokens = rows.map(({ token }) => String(token));
  expect(new Set(tokens).size).toBe(2);
  // Each letter of 62 carries almost six bits: 128 need 22 of them.
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32,}$/);
});

test("what opens a session is in its cookie only, in no answer", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "emmy@example.org");
  const password = "correct horse battery";
  await person.send(json("/api/auth/set-password", { newPassword: password }));
  const bodies: string[] = [];
  const again = new Browser(api.app);
  bodies.push((await again.send(json("/api/auth/sign-in/email", { email: "emmy@example.org", password }))).body);
  for (const url of ["/api/auth/get-session", "/trpc/session.list", "/trpc/session.me"]) bodies.push((await again.get(url)).body);
  const rows = await api.database.query("select token from auth_session");
  expect(JSON.parse(bodies[1]!)).toMatchObject({ session: { userId: expect.any(String) }, user: { email: "emmy@example.org" } });
  expect(JSON.parse(bodies[2]!)).toMatchObject({ result: { data: { sessions: [{}, {}] } } });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ token }) => bodies.some((body) => body.includes(String(token))))).toEqual([]);
});

test("nobody is led to another site after signing in", async () => {
  for (const callbackURL of ["https://evil.example/", "//evil.example", "javascript:alert(1)"]) {
    const credentials = { email: "emmy@example.org", password: "correct horse battery", callbackURL };
    const answer = await new Browser(api.app).send(json("/api/auth/sign-in/email", credentials));
    expect([callbackURL, answer.statusCode]).toEqual([callbackURL, 403]);
  }
});

test("fields of an account that are the server's are not set by its person", async () => {
  const admin = await api.admin();
  const person = await api.invite(admin, "analyst", "sofia@example.org");
  const before = await api.database.query("select * from auth_user where email = 'sofia@example.org'");
  const mine = {
    emailVerified: true,
    email: "billing@example.org",
    twoFactorEnabled: true,
    id: "mine",
    createdAt: "2000-01-01T00:00:00Z",
    role: "admin",
  };
  for (const [field, value] of Object.entries(mine)) await person.send(json("/api/auth/update-user", { name: "Sofia", [field]: value }));
  const after = await api.database.query("select * from auth_user where email = 'sofia@example.org'");
  const { name, updated_at: _at, ...kept } = after[0]!;
  const { name: _name, updated_at: _before, ...had } = before[0]!;
  expect(kept).toEqual(had);
  expect(await person.query("session.me")).toMatchObject({ role: "analyst", user: { name } });
});
