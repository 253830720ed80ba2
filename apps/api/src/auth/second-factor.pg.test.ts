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
  // Not in force before the device proved that it works: nobody locks themselves out.
  expect((await (await signIn()).queryRaw("session.me")).statusCode).toBe(200);
  expect((await post(admin, "/two-factor/verify-totp", { code: totp.generate() })).statusCode).toBe(200);

  const browser = await signIn();
  expect(browser.last?.json()).toMatchObject({ twoFactorRedirect: true });
  expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
  expect((await post(browser, "/two-factor/verify-totp", { code: "000000" })).statusCode).toBe(401);
  expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
  expect((await post(browser, "/two-factor/verify-totp", { code: totp.generate() })).statusCode).toBe(200);
  expect((await browser.queryRaw("session.me")).statusCode).toBe(200);

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
    answers.push((await post(browser, "/two-factor/verify-totp", { code: "111111" })).statusCode);
  expect(answers.at(-1)).toBeGreaterThanOrEqual(400);
  // After that many the right code of a new attempt is refused too, until the lock ends.
  expect(new Set(answers.slice(-3))).not.toContain(200);
  expect((await browser.queryRaw("session.me")).statusCode).toBe(401);
});
