import { join } from "node:path";
import { expect, test } from "../journey.ts";
import { ImportPage } from "../pages/import-page.ts";
import { InventoryPage } from "../pages/inventory-page.ts";
import { tabTo } from "../pages/keyboard.ts";
import { TasksPage } from "../pages/tasks-page.ts";

const details = join(import.meta.dirname, "..", "fixtures", "aws-authorization-details.json");

test("the main job without a pointer: a file comes in, an identity is found and opened, its task is claimed and submitted", async ({
  page,
  api,
}) => {
  // Asked for long before: the browser hands choosers over some time after it is asked to, and a click beats it.
  const chooser = page.waitForEvent("filechooser");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page.getByRole("heading", { level: 1, name: "Sources" })).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Bring an export" }));
  await page.keyboard.press("Enter");

  const choose = page.getByRole("button", { name: "Choose files" });
  await tabTo(page, choose);
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(details);
  const date = page.getByLabel("Date of the export");
  await tabTo(page, date);
  // The order of day and month in the field is the browser's own, whatever the page says.
  await page.keyboard.type("11202026");
  await expect(date).toHaveValue("2026-11-20");
  await tabTo(page, page.getByRole("button", { name: "Import 1 file" }));
  await page.keyboard.press("Enter");
  await new ImportPage(page).expectDone();

  const { items } = await api.identities.list.query({ filter: { account: ["210987654321"] }, sort: "score", direction: "desc", limit: 20 });
  const found = await Promise.all(items.map(({ id }) => api.identities.get.query({ id })));
  const identity = found.find(({ tasks }) => tasks.some(({ state }) => state === "open"))!;
  const task = identity.tasks.find(({ state }) => state === "open")!;

  await tabTo(page, page.getByRole("link", { name: "Open the inventory" }));
  await page.keyboard.press("Enter");
  const inventory = new InventoryPage(page);
  await expect(inventory.grid).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type(identity.name);
  await expect(inventory.nameOf(0)).toHaveText(identity.name);
  await tabTo(page, inventory.row(0));
  await page.keyboard.press("Enter");
  await expect(inventory.drawer.getByRole("heading", { level: 1 })).toHaveText(identity.name);
  await page.keyboard.press("Escape");
  await expect(inventory.drawer).toBeHidden();
  await expect(inventory.row(0)).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, inventory.drawer.getByRole("link", { name: "Open as page" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/identities/${identity.id}(\\?|$)`));

  await tabTo(page, page.getByRole("tab", { name: "Overview" }));
  const work = page.getByRole("tab", { name: /^Findings and tasks/ });
  while (!(await work.evaluate((tab) => tab === tab.ownerDocument.activeElement))) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: task.title }));
  await page.keyboard.press("Enter");

  const tasks = new TasksPage(page);
  await expect(tasks.task.getByRole("heading", { level: 2 }).first()).toHaveText(task.title);
  await page.keyboard.press("1");
  await tasks.expectState("Claimed");
  await page.keyboard.press("s");
  await tasks.expectState("In progress");
  await page.keyboard.press("v");
  await tasks.expectState("Verifying");
  expect((await api.tasks.get.query({ id: task.id })).state).toBe("verifying");
});

test("rows and tasks are one stop of the Tab key, and arrows move inside", async ({ page }) => {
  const inventory = new InventoryPage(page);
  await inventory.open();
  await tabTo(page, inventory.row(0), { most: 90 });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(inventory.row(2)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(inventory.row(0)).toBeFocused();

  const tasks = new TasksPage(page);
  await tasks.open("queue=all");
  const first = page.locator("[data-task]").first();
  await tabTo(page, first);
  await page.keyboard.press("ArrowDown");
  const second = page.locator("[data-task]").nth(1);
  await expect(second).toBeFocused();
  await expect(tasks.task.getByRole("heading", { level: 2 }).first()).toHaveText((await second.locator(".font-medium").textContent())!);
  // Out of the list and into the task, past the button for more of the list at most.
  await tabTo(page, tasks.task, { most: 3 });
});

test("a dialog of the settings is left by Escape, and the focus is where it was; what cannot be undone is not one Return away", async ({
  page,
}) => {
  await page.goto("/settings");
  const create = page.getByRole("button", { name: "New team" });
  await tabTo(page, create);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(create).toBeFocused();

  const revoke = page.getByRole("button", { name: /^Revoke Command line/ }).first();
  await tabTo(page, revoke);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(revoke).toBeFocused();
});

test("columns beyond the edge of a phone are announced, and brought by the keyboard", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const inventory = new InventoryPage(page);
  await inventory.open();
  const last = page.getByRole("columnheader", { name: "Credential age" });
  await expect(last).not.toBeInViewport({ ratio: 1 });
  const right = page.getByRole("button", { name: "Columns to the right" });
  await tabTo(page, right);
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(right).toHaveAttribute("aria-disabled", "true", { timeout: 500 });
  }).toPass();
  await expect(last).toBeInViewport({ ratio: 1 });
  await expect(right).toBeFocused();
  // What a row is called stays in sight, beside what was brought.
  await expect(inventory.nameOf(0)).toBeInViewport({ ratio: 1 });
  await tabTo(page, page.getByRole("button", { name: "Columns to the left" }), { back: true, most: 1 });
});

test("every column of the inventory that is shown at first is in sight at the width of a laptop", async ({ page }) => {
  const inventory = new InventoryPage(page);
  await inventory.open();
  for (const header of await inventory.grid.getByRole("columnheader").all()) await expect(header).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("group", { name: "Columns beyond the edge" })).toHaveCount(0);
});
