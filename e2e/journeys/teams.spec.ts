import { apiOf, expect, test } from "../journey.ts";
import { join } from "../pages/invitation.ts";

test("an admin limits somebody to a team: they find what it answers for, and nothing of the rest", async ({ page, browser, api }) => {
  const email = `limited-${Date.now()}@example.org`;
  const name = `Team ${Date.now()}`;
  const { url } = await api.settings.invitations.create.mutate({ role: "analyst", email });
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, viewport: { width: 1440, height: 900 } });
  const theirs = await join(context, url, "Lim Ited");
  const everything = (await api.identities.list.query({ limit: 1 })).total.count;

  await page.goto("/settings");
  await page.getByRole("button", { name: "New team" }).click();
  const dialog = page.getByRole("dialog", { name: "New team" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  // The owner that most carries: offered, so that nobody has to guess how a source spells it.
  const offered = dialog.getByLabel("Owners in the inventory").getByRole("button").first();
  const owner = (await offered.locator("bdi").textContent())!;
  await offered.click();
  await dialog.getByRole("checkbox", { name: new RegExp(email) }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  const team = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Edit ${name}` }) });
  await expect(team).toContainText(owner.toLowerCase());
  const person = page.getByRole("listitem").filter({ hasText: email });
  await person.getByRole("combobox", { name: "What Lim Ited sees" }).selectOption("teams");
  await expect(person).toContainText(name);

  await theirs.goto("/");
  await theirs.waitForURL(/\/tasks/);
  const navigation = theirs.getByRole("navigation", { name: "Main" }).first();
  await expect(navigation.getByRole("link", { name: "Posture" })).toHaveCount(0);
  await expect(theirs.getByText(`analyst, for ${name}`, { exact: false })).toBeVisible();
  const own = await apiOf(context).identities.list.query({ limit: 200 });
  expect(own.total.count).toBeGreaterThan(0);
  expect(own.total.count).toBeLessThan(everything);
  expect(new Set(own.items.map((row) => row.owner))).toEqual(new Set([owner]));
  await theirs.goto("/inventory");
  await expect(theirs.getByRole("grid", { name: "Identities" })).toContainText(own.items[0]!.name);
  await theirs.goto("/choke-points");
  await expect(theirs.getByText("This page is about the whole workspace")).toBeVisible();

  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(team).toHaveCount(0);
  await theirs.goto("/inventory");
  await expect(theirs.getByRole("grid", { name: "Identities" })).toHaveCount(0);
  await context.close();
});
