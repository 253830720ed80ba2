import { expect, test } from "../journey.ts";

test("a job is trusted instead of given a key; it and what Rollcall holds stand in the inventory", async ({ page, api }) => {
  const name = `builds ${Date.now()}`;
  const team = `Platform ${Date.now()}`;
  await api.settings.teams.save.mutate({ id: null, name: team });
  await page.goto("/settings");
  const users = page
    .getByRole("region", { name: "Service users" })
    .or(page.locator("section").filter({ hasText: "Service users" }))
    .first();
  await users.getByLabel("Name").fill(name);
  await users.getByLabel("What it is for").fill("Pushes what the builds find");
  await users.getByLabel("Team").selectOption({ label: team });
  await users.getByRole("button", { name: "Add a service user" }).click();
  await expect(users.getByRole("listitem").filter({ hasText: name })).toContainText(team);

  const jobs = page.locator("section").filter({ hasText: "Jobs without keys" }).last();
  await jobs.getByLabel("Name").fill("main branch of shop");
  await jobs.getByLabel("Comes in as").selectOption({ label: name });
  await jobs.getByLabel("is", { exact: true }).nth(0).fill("acme/shop");
  await jobs.getByLabel("is", { exact: true }).nth(1).fill("refs/heads/*");
  await jobs.getByRole("button", { name: "Trust these jobs" }).click();
  const row = jobs.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("repository is acme/shop, ref like refs/heads/*");
  await expect(row).toContainText("never used");

  await expect
    .poll(
      async () =>
        (await api.identities.list.query({ filter: { provider: ["rollcall"], search: name }, sort: "name", direction: "asc", limit: 5 }))
          .items.length,
      {
        timeout: 30_000,
      },
    )
    .toBe(1);
  await page.goto("/inventory?provider=rollcall");
  await expect(page.getByText("rollcall_app")).toBeVisible();
  await expect(page.getByText(name)).toBeVisible();

  await page.goto("/settings");
  await users.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "Disable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(users.getByRole("listitem").filter({ hasText: name })).toContainText("disabled");
  await expect(jobs.getByRole("listitem").filter({ hasText: name })).toContainText("revoked");
});
