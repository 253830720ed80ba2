import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiUnderTest, Browser, pathOf, testOrigin } from "../testing/api-under-test.ts";
import { issueSignInLink } from "./issue-sign-in-link.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api?.stop());

interface Me {
  readonly user: { readonly email: string };
  readonly role: string;
  readonly workspace: { readonly id: string };
  readonly workspaces: readonly unknown[];
}

test("the operator's link signs in once and lands on /welcome", async () => {
  const { url } = await issueSignInLink(api.parts.services);
  expect(url.startsWith(`${testOrigin}/`)).toBe(true);
  const first = await api.openLink(url);
  expect(first.last?.statusCode).toBe(302);
  expect(first.last?.headers.location).toBe("/welcome");
  expect(String(first.last?.headers["set-cookie"])).toMatch(/HttpOnly/i);
  expect(await first.query<Me>("session.me")).toMatchObject({ role: "admin" });
  const second = await api.openLink(url);
  expect(second.last?.headers.location).toBe("/sign-in?error=link_used");
  expect(second.cookie).toBe("");
  expect((await second.queryRaw("session.me")).statusCode).toBe(401);
});

test("a link ends after half an hour", async () => {
  const { url } = await issueSignInLink(api.parts.services);
  api.clock.forwardMinutes(31);
  const late = await api.openLink(url);
  expect(late.last?.headers.location).toBe("/sign-in?error=link_used");
});

test("two people opening one link at once: one gets in", async () => {
  const { url } = await issueSignInLink(api.parts.services);
  const both = await Promise.all([api.openLink(url), api.openLink(url)]);
  expect(both.map((browser) => browser.last?.headers.location).sort()).toEqual(["/sign-in?error=link_used", "/welcome"]);
});

test("an operator's later link signs in the same admin, not a second one", async () => {
  const one = await (await api.admin()).query<Me>("session.me");
  const other = await (await api.admin()).query<Me>("session.me");
  expect(other.user.email).toBe(one.user.email);
  expect(other.workspaces).toHaveLength(1);
});

test("an invitation makes a member with its role; it never signs in somebody who exists", async () => {
  const admin = await api.admin();
  const auditor = await api.invite(admin, "auditor", "Grace.Hopper@example.org");
  expect(await auditor.query<Me>("session.me")).toMatchObject({
    role: "auditor",
    user: { email: "grace.hopper@example.org", name: "Grace Hopper" },
  });
  const stolen = await api.invite(admin, "admin", "grace.hopper@example.org");
  expect(stolen.last?.headers.location).toBe("/sign-in?error=sign_in_first");
  expect(stolen.cookie).toBe("");
  expect((await auditor.query<Me>("session.me")).role).toBe("auditor");
});

test("a program that opens every link does not use an invitation up", async () => {
  const admin = await api.admin();
  const { url } = await admin.mutate<{ url: string }>("settings.invitations.create", { role: "owner", email: "barbara@example.org" });
  for (let opened = 0; opened < 2; opened += 1) {
    const robot = await api.openLink(url);
    expect([robot.last?.statusCode, robot.cookie]).toEqual([200, ""]);
    expect(robot.last?.body).toContain("You were invited as");
    expect(robot.last?.headers["content-security-policy"]).toContain("default-src 'none'");
  }
  const person = await api.openLink(`${url}&join=1&name=Barbara`);
  expect(person.last?.headers.location).toBe("/welcome");
});

test("an invitation without an address asks who is there first", async () => {
  const admin = await api.admin();
  const nameless = await admin.mutateRaw("settings.invitations.create", { role: "owner" });
  expect([nameless.statusCode, nameless.body]).toEqual([400, expect.stringContaining("Name the address")]);
  const { url } = await admin.mutate<{ url: string }>("settings.invitations.create", { role: "analyst" });
  const visitor = await api.openLink(url);
  expect(visitor.last?.statusCode).toBe(200);
  expect(visitor.last?.body).toContain("Join Rollcall");
  await visitor.get(`${pathOf(url)}&join=1&name=Ada&email=ada%40example.org`);
  expect(visitor.last?.headers.location).toBe("/welcome");
  expect(await visitor.query<Me>("session.me")).toMatchObject({ role: "analyst", user: { name: "Ada" } });
});

test("a password can be set after the link and used to sign in; nobody can sign up", async () => {
  const admin = await api.admin();
  const analyst = await api.invite(admin, "analyst", "linus@example.org");
  const set = await analyst.send({
    method: "POST",
    url: "/api/auth/set-password",
    headers: { "content-type": "application/json" },
    payload: JSON.stringify({ newPassword: "correct horse battery" }),
  });
  expect(set.statusCode).toBe(200);
  const again = new Browser(api.app);
  const signIn = (password: string) =>
    again.send({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ email: "linus@example.org", password }),
    });
  expect((await signIn("wrong horse battery")).statusCode).toBe(401);
  expect((await signIn("correct horse battery")).statusCode).toBe(200);
  expect(await again.query<Me>("session.me")).toMatchObject({ role: "analyst" });
  const signUp = await new Browser(api.app).send({
    method: "POST",
    url: "/api/auth/sign-up/email",
    headers: { "content-type": "application/json" },
    payload: JSON.stringify({ email: "new@example.org", password: "correct horse battery", name: "New" }),
  });
  expect(signUp.statusCode).toBeGreaterThanOrEqual(400);
});

test("five wrong passwords hold the account up, not the others", async () => {
  const guess = (email: string) =>
    new Browser(api.app).send({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ email, password: "a wrong password" }),
    });
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await guess("grace.hopper@example.org")).statusCode).toBe(401);
  const sixth = await guess("grace.hopper@example.org");
  expect(sixth.statusCode).toBe(429);
  expect(Number(sixth.headers["retry-after"])).toBeGreaterThan(0);
  expect((await guess("somebody.else@example.org")).statusCode).toBe(401);
});

test("guesses that are sent at once are counted like guesses one after the other", async () => {
  const guesses = Array.from({ length: 30 }, () =>
    new Browser(api.app).send({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { "content-type": "application/json" },
      payload: JSON.stringify({ email: "at.once@example.org", password: "a wrong password" }),
    }),
  );
  const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
  // A database that is busy may refuse one of the five; none beyond them is judged.
  expect(statuses).toContain(401);
  expect(statuses.filter((status) => status === 429)).toHaveLength(25);
});

test("a member who is removed, or given another role, feels it at once; the last admin stays", async () => {
  const admin = await api.admin();
  const analyst = await api.invite(admin, "analyst", "margaret@example.org");
  const members = await admin.query<{ userId: string; email: string }[]>("settings.members.list");
  const { userId } = members.find((member) => member.email === "margaret@example.org")!;
  await admin.mutate("settings.members.setRole", { userId, role: "auditor" });
  expect(await analyst.query<Me>("session.me")).toMatchObject({ role: "auditor" });
  await admin.mutate("settings.members.remove", { userId });
  expect((await analyst.queryRaw("session.me")).statusCode).toBe(401);
  const self = members.find((member) => member.email.startsWith("admin@"))!;
  expect((await admin.mutateRaw("settings.members.setRole", { userId: self.userId, role: "auditor" })).statusCode).toBe(409);
});

test("a session ends after twelve hours at the latest", async () => {
  const admin = await api.admin();
  api.clock.forwardMinutes(12 * 60 + 1);
  expect((await admin.queryRaw("session.me")).statusCode).toBe(401);
});
