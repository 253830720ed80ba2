import { URI, type TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiUnderTest, Browser } from "../testing/api-under-test.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api?.stop());

const password = "correct horse battery";
const post = (browser: Browser, path: string, body: object) =>
  browser.send({ method: "POST", url: `/api/auth${path}`, headers: { "content-type": "application/json" }, payload: JSON.stringify(body) });
const actions = async (): Promise<readonly unknown[]> =>
  (await api.database.query("select action from audit_event order by seq")).map(({ action }) => action);
/** Backup codes that nobody used yet. */
let unused: string[] = [];
const signIn = async (): Promise<Browser> => {
  const browser = new Browser(api.app);
  const response = await post(browser, "/sign-in/email", { email: "admin@rollcall.local", password });
  expect(response.statusCode).toBe(200);
  return browser;
};

test("a second factor, once set up, stands between the password and the session", async () => {
  const admin = await api.admin();
  await post(admin, "/set-password", { newPassword: password });
  expect((await post(admin, "/two-factor/enable", { password: "wrong password!" })).statusCode).toBe(400);
  const enabled = await post(admin, "/two-factor/enable", { password });
  const { totpURI, backupCodes } = enabled.json<{ totpURI: string; backupCodes: readonly string[] }>();
  const totp = URI.parse(totpURI) as TOTP;
  // Each code is taken once; these two are for half a minute at least, whenever that begins.
  const [code, next] = [totp.generate(), totp.generate({ timestamp: Date.now() + 30_000 })];
  // Not in force before the device proved that it works: nobody locks themselves out.
  expect((await (await signIn()).queryRaw("session.me")).statusCode).toBe(200);
  expect((await post(admin, "/two-factor/verify-totp", { code })).statusCode).toBe(200);
  expect((await actions()).slice(-4)).toEqual(["password.set", "second_factor.begun", "session.signed_in", "second_factor.added"]);
  const before = (await actions()).length;

  const browser = await signIn();
  expect(browser.last?.json()).toMatchObject({ twoFactorRedirect: true });
  expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
  expect((await post(browser, "/two-factor/verify-totp", { code: "000000" })).statusCode).toBe(401);
  expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
  // Of those who know the password and saw the code one is in, however many try at once, and a code that was entered is of no more use.
  const crowd = [browser, await signIn(), await signIn()];
  const answers = await Promise.all(crowd.map((one) => post(one, "/two-factor/verify-totp", { code: next })));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
  const sessions = await Promise.all(crowd.map((one) => one.queryRaw("session.me")));
  expect(sessions.map(({ statusCode }) => statusCode)).toEqual(answers.map(({ statusCode }) => (statusCode === 200 ? 200 : 401)));
  // A password alone is no sign-in, and one with a code is one.
  expect((await actions()).slice(before)).toEqual(["session.signed_in"]);
  // The password was right: what this browser had before is over, before the code as after it.
  const used = crowd[answers.findIndex(({ statusCode }) => statusCode === 200)]!;
  const former = new Browser(api.app, used.cookie);
  await post(used, "/sign-in/email", { email: "admin@rollcall.local", password });
  expect([(await former.queryRaw("session.me")).statusCode, (await used.queryRaw("session.me")).statusCode]).toEqual([401, 401]);
  const watcher = await signIn();
  const replayed = await post(watcher, "/two-factor/verify-totp", { code: next, trustDevice: true });
  expect([replayed.statusCode, replayed.json<{ code: string }>().code]).toEqual([409, "CODE_ENTERED_BEFORE"]);
  expect(replayed.cookies).toEqual([]);

  unused = backupCodes.slice(2);
  const lost = await signIn();
  expect((await post(lost, "/two-factor/verify-backup-code", { code: backupCodes[0] })).statusCode).toBe(200);
  expect((await lost.queryRaw("session.me")).statusCode).toBe(200);
  const again = await signIn();
  expect((await post(again, "/two-factor/verify-backup-code", { code: backupCodes[0] })).statusCode).toBe(401);

  const stored = await api.database.query("select secret, backup_codes from auth_two_factor");
  expect(JSON.stringify(stored)).not.toContain(totp.secret.base32);
  expect(JSON.stringify(stored)).not.toContain(backupCodes[1]);
});

test("guessing codes is slowed down", async () => {
  const browser = await signIn();
  const answers: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1)
    answers.push((await post(browser, "/two-factor/verify-totp", { code: String(111_111 + attempt) })).statusCode);
  expect(answers.at(-1)).toBeGreaterThanOrEqual(400);
  // After that many the right code of a new attempt is refused too, until the lock ends.
  expect(new Set(answers.slice(-3))).not.toContain(200);
  expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
});

test("a device that is to be asked for no code is asked again after the password changed, and after the second factor did", async () => {
  await api.database.query("update auth_two_factor set failed_verification_count = 0, locked_until = null");
  const device = await signIn();
  const trusting = await post(device, "/two-factor/verify-backup-code", { code: unused.pop()!, trustDevice: true });
  expect(trusting.statusCode).toBe(200);
  const comeAgain = async (secret: string): Promise<boolean> =>
    !(await post(device, "/sign-in/email", { email: "admin@rollcall.local", password: secret })).body.includes("twoFactorRedirect");
  expect(await comeAgain(password)).toBe(true);
  const changed = { currentPassword: password, newPassword: "another horse battery" };
  expect((await post(device, "/change-password", changed)).statusCode).toBe(200);
  expect(await comeAgain("another horse battery")).toBe(false);

  const codeAgain = await post(device, "/two-factor/verify-backup-code", { code: unused.pop()!, trustDevice: true });
  expect(codeAgain.statusCode).toBe(200);
  expect((await post(device, "/two-factor/disable", { password: "another horse battery" })).statusCode).toBe(200);
  expect(await api.database.query("select id from auth_verification where identifier like 'trust-device-%'")).toEqual([]);
});
