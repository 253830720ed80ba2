import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expect, test } from "../journey.ts";
import { expectAccessible } from "../pages/accessibility.ts";
import { ImportPage, type Upload } from "../pages/import-page.ts";

/** A source of this run's own: what another run said of its columns is remembered. */
const run = Date.now().toString(36);

const table = (rows: readonly string[]): Upload => ({
  name: `e2e-robots-${run}.csv`,
  mimeType: "text/csv",
  buffer: Buffer.from(`Robot,Login,Team mail,Runs in,Valid until\n${rows.join("\n")}\n`),
});
const good = [
  `Invoice robot ${run},rpa-invoices-${run},finance@example.com,Production,2027-03-01`,
  `Order robot ${run},rpa-orders-${run},,Test,2026-12-24`,
];
const bad = ["Nameless robot,,,Production,2027-01-01"];

test("a table nobody knows: say which column is what, see what comes of it, fetch what was left out; next time it is remembered", async ({
  page,
  api,
}) => {
  const form = new ImportPage(page);
  await form.open();
  const step = await form.chooseTable(table([...good, ...bad]));
  await expect(step.getByRole("combobox", { name: "Login" })).toHaveValue("ref");
  await expect(step.getByRole("combobox", { name: "Runs in" })).toHaveValue("");
  await expect(step.getByRole("alert")).toHaveCount(0);

  // With the keyboard alone, as every other control.
  const owner = step.getByRole("combobox", { name: "Team mail" });
  await owner.focus();
  await page.keyboard.type("Owner");
  await expect(owner).toHaveValue("owner");
  await step.getByRole("combobox", { name: "Runs in" }).selectOption({ label: "Environment" });
  await step.getByRole("combobox", { name: "Kind of identity, in every row" }).selectOption({ label: "Bot" });
  await step.getByRole("combobox", { name: "Robot" }).selectOption({ label: "Name" });

  await expect(step.getByRole("cell", { name: `Invoice robot ${run}` }).first()).toBeVisible();
  await expect(step.getByRole("cell", { name: "Bot", exact: true })).toHaveCount(2);
  await expect(step.getByText("1 row of them would be left out")).toBeVisible();
  await expectAccessible(page);

  await step.getByRole("combobox", { name: "Login" }).selectOption({ label: "Not read" });
  await expect(step.getByRole("alert")).toContainText("identifies a record");
  await expect(page.getByRole("button", { name: /^Import/ })).toBeDisabled();
  await step.getByRole("combobox", { name: "Login" }).selectOption({ label: "What identifies it (required)" });

  await page.getByRole("button", { name: "Import 1 file" }).click();
  await form.expectDone();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download what was left out (CSV)" }).click();
  const rows = parse(readFileSync(await (await download).path(), "utf8"), { columns: true, bom: true }) as Record<string, string>[];
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ code: "no_reference" });

  const found = await api.identities.list.query({ filter: { search: run }, sort: "name", direction: "asc", limit: 10 });
  expect(found.items.map(({ name, kind, environment }) => [name, kind, environment])).toEqual([
    [`Invoice robot ${run}`, "bot", "prod"],
    [`Order robot ${run}`, "bot", "test"],
  ]);

  await form.open();
  const again = await form.chooseTable(table(good));
  await expect(again.getByText("Filled in as in the last import of this source.")).toBeVisible();
  await expect(again.getByRole("combobox", { name: "Team mail" })).toHaveValue("owner");
});
