import type { Page } from "@playwright/test";
import { URI, type TOTP } from "otpauth";
import { expect, instanceUrl, test } from "../journey.ts";

const password = "a password long enough";

/** As somebody whose session ended, on the sign-in page. A page of the application would notice by itself and go there at the same time. */
async function forget(page: Page): Promise<void> {
  await page.goto("/healthz");
  await page.context().clearCookies();
  await page.goto("/sign-in");
}

// A person of their own: the admin of the other journeys keeps signing in as before.
test("an auditor sets a password and a second factor, adds a passkey, and comes back with each", async ({ api, browser }) => {
  const email = `factors-${Date.now()}@example.org`;
  const { url } = await api.settings.invitations.create.mutate({ role: "auditor", email });
  const context = await browser.newContext({ baseURL: instanceUrl(), storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Name").fill("Faye Factor");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("link", { name: "Inventory" }).first()).toBeVisible();
  await page.goto("/settings");
  await page.getByRole("textbox", { name: "New", exact: true }).fill(password);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Password saved")).toBeVisible();

  const elsewhere = await browser.newContext({ baseURL: instanceUrl(), storageState: { cookies: [], origins: [] } });
  const other = await elsewhere.newPage();
  await other.goto("/sign-in");
  await other.getByRole("textbox", { name: "Email" }).fill(email);
  await other.getByRole("textbox", { name: "Password" }).fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByRole("link", { name: "Inventory" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Your sessions" }).click();
  const sessions = page.getByRole("list", { name: "Your sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText("This browser");
  await sessions.last().getByRole("button", { name: /^End/ }).click();
  await page.getByRole("dialog").getByLabel("Your password").fill("another password");
  await page.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("The password is not right")).toBeVisible();
  await page.getByRole("dialog").getByLabel("Your password").fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
  await expect(sessions).toHaveCount(1);
  await expect(page.getByText("You are signed in nowhere else.")).toBeVisible();
  await other.goto("/inventory");
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
  await page.goto("/settings");

  await page.getByLabel("Your password, if you have one").fill(password);
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await expect(page.getByRole("img", { name: "Code to scan with the authenticator app" })).toBeVisible();
  const secret = (await page.locator("figcaption").textContent()) ?? "";
  const totp = URI.parse(`otpauth://totp/Rollcall?secret=${secret}&digits=6&period=30`) as TOTP;
  await page.getByLabel("Code that the app shows").fill(totp.generate());
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByRole("button", { name: "Remove the second factor" })).toBeVisible();

  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByLabel("Name of this device").fill("Test laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Test laptop" })).toBeVisible();

  await forget(page);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  await page.getByLabel("Code of your authenticator").fill("000000");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("This code does not match")).toBeVisible();
  // Each code is taken once; the one after that of now is taken too.
  await page.getByLabel("Code of your authenticator").fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("link", { name: "Inventory" }).first()).toBeVisible();

  await forget(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("link", { name: "Inventory" }).first()).toBeVisible();

  await page.goto("/settings");
  const laptop = page.getByRole("listitem").filter({ hasText: "Test laptop" });
  await laptop.getByRole("button", { name: "Remove Test laptop" }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(laptop).toBeVisible();
  await laptop.getByRole("button", { name: "Remove Test laptop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(laptop).toHaveCount(0);
  await context.close();
});

test("a spent link says so and what to do", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: instanceUrl(), storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto("/sign-in?error=link_used");
  await expect(page.getByRole("alert").filter({ hasText: "used before or has expired" })).toBeVisible();
  await context.close();
});
