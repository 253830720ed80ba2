import { expect, test } from "../journey.ts";

test("the demo organisation goes in one action; what is empty then says how to begin", async ({ page, api }) => {
  // What other journeys brought goes first: an inventory is empty only without it.
  for (const source of await api.sources.list.query()) {
    if (source.origin !== "demo" && source.origin !== "self") await api.sources.remove.mutate({ id: source.id });
  }
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: /^Demo/ }).click();
  await expect(page).toHaveURL(/\/sources$/);
  await page.getByRole("button", { name: "Remove the demo organisation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.locator("[data-sonner-toast]").filter({ hasText: "The demo organisation is gone" })).toBeVisible();
  await expect(page.getByText("Nothing is connected yet")).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: /^Demo/ })).toHaveCount(0);

  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Inventory" }).click();
  await expect(page.getByText("Nothing is connected yet")).toBeVisible();
  // What is left is Rollcall itself.
  const { items: left } = await api.identities.list.query({ filter: {}, sort: "name", direction: "asc", limit: 100 });
  expect(left.filter(({ provider }) => provider !== "rollcall")).toEqual([]);
  const own = new Set(left.map(({ id }) => id));
  const { items: tasks } = await api.tasks.list.query({ filter: { queue: "all" }, limit: 100 });
  expect(tasks.filter(({ subjectId }) => !own.has(subjectId))).toEqual([]);

  await page.getByRole("link", { name: "Bring your first export" }).click();
  await expect(page.getByRole("button", { name: "Bring an export" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Load the demo" })).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/welcome$/);
});
