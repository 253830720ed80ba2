import { addWorkspace } from "@rollcall/persistence/testing";
import { apiOf, dataDir, expect, listen, test } from "../journey.ts";
import { databaseUrl } from "../pages/data-folder.ts";
import { join } from "../pages/invitation.ts";

test("who belongs to two workspaces chooses between them, and sees of each only its own", async ({ browser, api }) => {
  const email = `two-${Date.now()}@example.org`;
  const [{ workspace }, { topRisks }, { url }] = await Promise.all([
    api.session.me.query(),
    api.posture.get.query(),
    api.settings.invitations.create.mutate({ role: "auditor", email }),
  ]);
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, viewport: { width: 1440, height: 900 } });
  const page = await join(context, url, "Two Places");
  const said = listen(page);
  const menu = page.getByRole("banner").getByRole("button", { name: /^Workspace:/ });
  await expect(page.getByRole("banner")).toContainText(workspace.name);
  await expect(menu).toHaveCount(0);

  const other = `Second ${Date.now()}`;
  const otherId = await addWorkspace(databaseUrl(dataDir()), { name: other, email, role: "analyst" });
  await page.reload();
  await menu.click();
  await expect(page.getByRole("menuitemradio", { name: `${workspace.name}, as auditor` })).toBeChecked();
  await page.getByRole("menuitemradio", { name: `${other}, as analyst` }).click();
  await expect(menu).toContainText(other);
  await expect(page).toHaveURL(/\/welcome$/);

  const here = apiOf(context);
  expect(await here.session.me.query()).toMatchObject({ workspace: { id: otherId }, role: "analyst" });
  await expect(here.identities.get.query({ id: topRisks[0]!.id })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });

  await menu.click();
  await page.getByRole("menuitemradio", { name: `${workspace.name}, as auditor` }).click();
  await expect(menu).toContainText(workspace.name);
  await expect(page.getByRole("region", { name: "Score" })).toBeVisible();
  expect((await here.identities.get.query({ id: topRisks[0]!.id })).name).toBe(topRisks[0]!.name);
  expect(said).toEqual([]);
  await context.close();
});
