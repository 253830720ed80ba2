import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Page } from "@playwright/test";
import { expect, instanceUrl, test } from "../journey.ts";
import { countIn, InventoryPage } from "../pages/inventory-page.ts";

type Row = Readonly<Record<string, string>>;

async function downloadCsv(page: Page): Promise<Row[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download these rows as CSV" }).click(),
  ]);
  return parse(readFileSync(await download.path(), "utf8"), { columns: true }) as Row[];
}

test("search, facet and sort live in the address: reload and back restore them", async ({ page }) => {
  const inventory = new InventoryPage(page);
  await inventory.open();
  const all = await inventory.total();

  const facet = inventory.facet("Kind", "Role");
  const promised = countIn((await facet.textContent())!.replace("Role", ""));
  await facet.click();
  await inventory.expectTotal(promised);
  await expect(page).toHaveURL(/kind=role/);

  await inventory.search.fill("deploy");
  await expect(page).toHaveURL(/q=deploy/);
  await expect(async () => expect(await inventory.total()).toBeLessThan(promised)).toPass();
  const found = await inventory.total();
  expect(found).toBeGreaterThan(0);

  await page.getByRole("columnheader", { name: "Identity" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("columnheader", { name: "Identity" })).toHaveAttribute("aria-sort", "ascending");
  await expect(async () => {
    const names = await inventory.grid.getByRole("row").getByRole("gridcell").getByRole("link").allTextContents();
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  }).toPass();

  await page.reload();
  await inventory.expectTotal(found);
  await expect(inventory.search).toHaveValue("deploy");
  await expect(facet.getByRole("checkbox")).toBeChecked();
  await page.goBack();
  await expect(page.getByRole("columnheader", { name: "Score" })).toHaveAttribute("aria-sort", "descending");
  await inventory.expectTotal(found);
  await page.goBack();
  await inventory.expectTotal(all);
  await expect(inventory.search).toHaveValue("");
  await expect(facet.getByRole("checkbox")).not.toBeChecked();
});

test("the keyboard finds, opens and closes a row; what is open has an address", async ({ page }) => {
  const inventory = new InventoryPage(page);
  await inventory.open();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(inventory.row(1)).toBeFocused();
  const name = (await inventory.nameOf(1).textContent())!;
  await page.keyboard.press("Enter");
  await expect(inventory.drawer.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page).toHaveURL(/identity=[0-9a-f-]{36}/);

  await page.reload();
  await expect(inventory.drawer.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.keyboard.press("Escape");
  await expect(inventory.drawer).toBeHidden();
  await expect(page).not.toHaveURL(/identity=/);

  await page.keyboard.press("/");
  await expect(inventory.search).toBeFocused();
});

test("scrolling brings page after page, none twice", async ({ page }) => {
  const inventory = new InventoryPage(page);
  const seen: string[] = [];
  page.on("response", async (response) => {
    if (!response.url().includes("/trpc/identities.list")) return;
    const { result } = (await response.json()) as { result: { data: { items: { id: string }[] } } };
    seen.push(...result.data.items.map(({ id }) => id));
  });
  await inventory.open();
  await expect(async () => {
    await inventory.scrollTo(1);
    expect(seen.length).toBeGreaterThan(400);
  }).toPass();
  expect(new Set(seen).size).toBe(seen.length);
  await expect(async () => {
    const last = await inventory.grid.getByRole("row").last().getAttribute("aria-rowindex");
    expect(Number(last)).toBeGreaterThan(402);
  }).toPass();
});

test("the CSV holds the rows of the filter, and no cell runs as a formula", async ({ page, request }) => {
  const push = readFileSync(join(import.meta.dirname, "..", "fixtures", "hostile-names.ndjson"));
  const sent = await request.post("/api/v1/ingestions?filename=odd.ndjson", {
    data: push,
    headers: { "content-type": "application/x-ndjson", origin: instanceUrl() },
  });
  expect(sent.status(), await sent.text()).toBe(202);
  const { id } = (await sent.json()) as { id: string };
  await page.goto(`/sources/imports/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The import is done", { timeout: 45_000 });

  const inventory = new InventoryPage(page);
  await inventory.open("?provider=odd-names");
  await inventory.expectTotal(6);
  await expect(inventory.grid.getByRole("link", { name: "odd <img src=x onerror=alert(1)>" })).toBeVisible();
  const odd = await downloadCsv(page);
  expect(odd.map(({ name }) => name).toSorted()).toEqual(
    [
      "'+odd plus",
      "'-odd minus",
      `'=HYPERLINK("http://x.example","click")`,
      "'@odd at",
      "odd <img src=x onerror=alert(1)>",
      'odd, "quoted"',
    ].toSorted(),
  );

  await inventory.grid.getByRole("link", { name: /onerror/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("odd <img src=x onerror=alert(1)>");
  await expect(page.getByText('"><svg onload=alert(2)>')).toBeVisible();

  await inventory.open("?lens=unowned");
  const total = await inventory.total();
  expect(await downloadCsv(page)).toHaveLength(total);
});

test("a link that is followed in the same moment as a choice leads where it says, and back to the choice", async ({ page }) => {
  const inventory = new InventoryPage(page);
  await inventory.open();
  const name = await inventory.nameOf(0).textContent();
  // Faster than anybody: the choice has not reached the address when the link is followed.
  await inventory.row(0).evaluate((row) => {
    row.click();
    row.ownerDocument.querySelector('nav a[href="/findings"]').click();
  });
  await expect(page.getByRole("heading", { level: 1, name: "Findings" })).toBeVisible();
  await expect(page).toHaveURL(/\/findings$/);
  await page.goBack();
  await expect(inventory.drawer.getByRole("heading", { level: 1 })).toHaveText(name!);
  // The page writes its choices where the router hears of them again.
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/inventory$/);
  await page.goBack();
  await expect(inventory.drawer.getByRole("heading", { level: 1 })).toHaveText(name!);
});
