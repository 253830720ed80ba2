import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiUnderTest, Browser } from "../testing/api-under-test.ts";

// ASVS 7.5.2 and 7.2.4: people see their sessions and end them; a browser has one at a time.

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.admin();
});
afterAll(() => api?.stop());

interface Sessions {
  readonly sessions: readonly { readonly id: string; readonly current: boolean }[];
  readonly proof: string;
}
const password = "correct horse battery";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  ({ method: "POST", url, headers: { "content-type": "application/json", ...headers }, payload: JSON.stringify(payload) }) as const;

/** Somebody with a password, in the browser they came with. */
async function personWithPassword(email: string): Promise<Browser> {
  const person = await api.invite(admin, "owner", email);
  expect((await person.send(post("/api/auth/set-password", { newPassword: password }))).statusCode).toBe(200);
  return person;
}

async function signIn(email: string, browser = new Browser(api.app)): Promise<Browser> {
  const headers = { "user-agent": firefox, "x-forwarded-for": "203.0.113.9" };
  expect((await browser.send(post("/api/auth/sign-in/email", { email, password }, headers))).statusCode).toBe(200);
  return browser;
}

const currentId = async (browser: Browser): Promise<string> =>
  (await browser.query<Sessions>("session.list")).sessions.find(({ current }) => current)!.id;
const statusOf = async (browser: Browser): Promise<number> => (await browser.queryRaw("session.me")).statusCode;
const actionsOf = async (email: string): Promise<readonly (readonly [unknown, unknown])[]> =>
  (
    await api.database.query(
      "select action, object_id from audit_event where actor_id = (select id from auth_user where email = $1) order by seq",
      [email],
    )
  ).map((row) => [row["action"], row["object_id"]] as const);

test("a person sees their own sessions in words, and in no answer what opens one", async () => {
  const first = await personWithPassword("ada@example.org");
  const second = await signIn("ada@example.org");
  const answer = await second.queryRaw("session.list");
  const { sessions, proof } = answer.json<{ result: { data: Sessions } }>().result.data;
  expect(proof).toBe("password");
  expect(sessions).toEqual([
    {
      id: expect.any(String),
      signedInAt: expect.any(String),
      lastUsedAt: expect.any(String),
      expiresAt: expect.any(String),
      browser: "Firefox 130",
      system: "Linux",
      // As the server saw it, not as the sender claims.
      address: "127.0.0.1",
      current: true,
    },
    expect.objectContaining({ id: await currentId(first), browser: null, system: null, current: false }),
  ]);
  const bodies = [answer.body, (await admin.queryRaw("session.list")).body];
  const tokens = await api.database.query("select token from auth_session");
  expect(tokens.length).toBeGreaterThanOrEqual(3);
  expect(tokens.filter(({ token }) => bodies.some((body) => body.includes(String(token).slice(0, 12))))).toEqual([]);
});

test("one that is ended opens nothing from then on; the log says so, and the others go on", async () => {
  const first = await personWithPassword("grace@example.org");
  const second = await signIn("grace@example.org");
  const id = await currentId(first);
  const ended = await second.mutateRaw("session.end", { id, password });
  expect([ended.statusCode, await statusOf(first), await statusOf(second)]).toEqual([200, 401, 200]);
  expect((await actionsOf("grace@example.org")).at(-1)).toEqual(["session.revoked", id]);
  expect((await second.mutateRaw("session.end", { id, password })).statusCode).toBe(404);
});

test("a session of somebody else is answered as one that never was, and goes on", async () => {
  const person = await personWithPassword("mary@example.org");
  const answers = await Promise.all(
    [await currentId(admin), "nobody"].map(async (id) => {
      const { statusCode, body } = await person.mutateRaw("session.end", { id, password });
      return [statusCode, body.replaceAll(/"requestId":"[^"]*"/g, "")];
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect([answers[0]![0], await statusOf(admin)]).toEqual([404, 200]);
});

test("ending another one asks for the password, and guesses at it are slowed down as at the door", async () => {
  const first = await personWithPassword("emmy@example.org");
  const second = await signIn("emmy@example.org");
  const id = await currentId(first);
  expect((await second.mutateRaw("session.end", { id })).statusCode).toBe(400);
  expect((await second.mutateRaw("session.endOthers", {})).statusCode).toBe(400);
  const statuses: number[] = [];
  for (let at = 0; at < 6; at += 1)
    statuses.push((await second.mutateRaw(at % 2 ? "session.end" : "session.endOthers", { id, password: `wrong ${at}` })).statusCode);
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  const door = await new Browser(api.app).send(post("/api/auth/sign-in/email", { email: "emmy@example.org", password }));
  expect([door.statusCode, await statusOf(first)]).toEqual([429, 200]);
});

test("who has no password ends others within ten minutes of signing in, and signs in again after them", async () => {
  const link = async (): Promise<Browser> => api.admin();
  const [first, second] = [await link(), await link()];
  const id = await currentId(first);
  const begun = (minutes: number, of: string) =>
    api.database.query("update auth_session set created_at = now() - make_interval(mins => $1) where id = $2", [minutes, of]);
  await begun(11, await currentId(second));
  expect(await second.query("session.list")).toMatchObject({ proof: "sign_in" });
  expect([(await second.mutateRaw("session.end", { id })).statusCode, await statusOf(first)]).toEqual([412, 200]);
  await begun(9, await currentId(second));
  expect(await second.query("session.list")).toMatchObject({ proof: "none" });
  expect([(await second.mutateRaw("session.end", { id })).statusCode, await statusOf(first)]).toEqual([200, 401]);
});

test("ending the present one signs out, without being asked for anything", async () => {
  const person = await personWithPassword("lise@example.org");
  const id = await currentId(person);
  expect([(await person.mutateRaw("session.end", { id })).statusCode, await statusOf(person)]).toEqual([200, 401]);
  expect((await actionsOf("lise@example.org")).at(-1)).toEqual(["session.signed_out", id]);
});

test("all others end at once, in one row of the log; none of somebody else's does", async () => {
  const first = await personWithPassword("sofia@example.org");
  const second = await signIn("sofia@example.org");
  const third = await signIn("sofia@example.org");
  const before = (await actionsOf("sofia@example.org")).length;
  expect(await third.mutate("session.endOthers", { password })).toEqual({ ended: 2 });
  expect(await Promise.all([first, second, third, admin].map(statusOf))).toEqual([401, 401, 200, 200]);
  expect((await actionsOf("sofia@example.org")).slice(before).map(([action]) => action)).toEqual(["session.others_revoked"]);
  expect(await third.mutate("session.endOthers", { password })).toEqual({ ended: 0 });
  expect((await actionsOf("sofia@example.org")).length).toBe(before + 1);
});

test("what has ended by itself is not listed, and no end is named that is later than twelve hours", async () => {
  const first = await personWithPassword("hedy@example.org");
  const second = await signIn("hedy@example.org");
  const [firstId, secondId] = [await currentId(first), await currentId(second)];
  await api.database.query("update auth_session set expires_at = now() - interval '1 second' where id = $1", [firstId]);
  await api.database.query("update auth_session set created_at = now() - interval '715 minutes' where id = $1", [secondId]);
  const { sessions } = await second.query<{ sessions: readonly { id: string; signedInAt: string; expiresAt: string }[] }>("session.list");
  expect(sessions.map(({ id }) => id)).toEqual([secondId]);
  expect(Date.parse(sessions[0]!.expiresAt) - Date.parse(sessions[0]!.signedInAt)).toBe(12 * 3_600_000);
});

test("a new sign-in ends the former session of that browser, whoever it was of, and of no other", async () => {
  const elsewhere = await personWithPassword("rosalind@example.org");
  const browser = await signIn("rosalind@example.org");
  const former = new Browser(api.app, browser.cookie);
  await signIn("rosalind@example.org", browser);
  expect(await Promise.all([former, browser, elsewhere].map(statusOf))).toEqual([401, 200, 200]);
  await personWithPassword("katherine@example.org");
  const left = new Browser(api.app, browser.cookie);
  await signIn("katherine@example.org", browser);
  expect(await Promise.all([left, browser, elsewhere].map(statusOf))).toEqual([401, 200, 200]);
});

test("a sign-in that is refused leaves the session of that browser as it is", async () => {
  const browser = await personWithPassword("dorothy@example.org");
  const refused = await browser.send(post("/api/auth/sign-in/email", { email: "dorothy@example.org", password: "another horse" }));
  expect([refused.statusCode, await statusOf(browser)]).toEqual([401, 200]);
});
