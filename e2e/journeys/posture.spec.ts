import { expect, test } from "../journey.ts";
import { countIn, InventoryPage } from "../pages/inventory-page.ts";

const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

test("the score stands beside completeness, with its formula and the checks it is made of", async ({ page, api }) => {
  const posture = await api.posture.get.query();
  await page.goto("/");
  const score = page.getByRole("region", { name: "Score" });
  await expect(score).toContainText(`Posture${oneDecimal.format(posture.score ?? -1)} of 100`);
  await expect(score).toContainText(`Data completeness${oneDecimal.format(posture.completeness)} % of checks answered`);
  await expect(score).toContainText(posture.formula);

  const { pass, fail, unknown } = posture.verdicts;
  expect(posture.completeness).toBeCloseTo((100 * (pass + fail)) / (pass + fail + unknown), 0);
  await expect(score.getByRole("img")).toHaveAccessibleName(`${pass} checks passed, ${fail} failed, ${unknown} could not be answered`);

  await score.getByRole("link", { name: "Failed" }).click();
  await expect(page).toHaveURL(/\/findings$/);
  await expect(page.getByText(/ open in \d+ rules/)).toContainText(`${fail.toLocaleString("en")} open`);
});

test("each key figure is the number of rows behind it", async ({ page, api }) => {
  const { kpis } = await api.posture.get.query();
  const inventory = new InventoryPage(page);
  const tiles = page.getByRole("navigation", { name: "Key figures" }).getByRole("link");
  await page.goto("/");
  await expect(tiles).toHaveCount(kpis.length);
  for (const kpi of kpis) {
    const tile = tiles.filter({ hasText: kpi.label });
    await expect(tile).toContainText(oneDecimal.format(kpi.value ?? -1));
    await expect(tile).toContainText(kpi.detail);
    const rows = countIn(kpi.detail);
    if (kpi.href.startsWith("/inventory")) {
      await tile.click();
      await inventory.expectTotal(rows);
      await page.goBack();
    } else if (kpi.href.startsWith("/tasks")) {
      await tile.click();
      await expect(page.getByText(rows === 0 ? "No task matches" : `${rows.toLocaleString("en")} task`)).toBeVisible();
      // Opening the first task by itself may add an entry to the history.
      await page.goto("/");
    }
  }
  const withoutExpiry = kpis.find(({ id }) => id === "no_expiry")!;
  await tiles.filter({ hasText: withoutExpiry.label }).click();
  await expect(page.getByRole("button", { expanded: true }).first()).toContainText(`${countIn(withoutExpiry.detail)} of`);
});

test("each bar of the expiry forecast is the number of credentials behind it", async ({ page, api }) => {
  const { expiring } = await api.posture.get.query();
  await page.goto("/");
  await page.getByRole("link", { name: /^Within 30 days/ }).click();
  await expect(page).toHaveURL(/\/credentials\?expiry=in30$/);
  await expect(page.getByRole("tab", { name: "Within 30 days" })).toHaveAttribute("aria-selected", "true");
  for (const [part, count] of Object.entries(expiring)) {
    await page.goto(`/credentials?expiry=${part}`);
    const shown = count === 0 ? "No credentials match" : `${count.toLocaleString("en")} credential${count === 1 ? "" : "s"}`;
    await expect(page.locator("main").getByText(shown).first(), part).toBeVisible();
  }
});

test("what to do first and what is at risk lead to where it is done", async ({ page, api }) => {
  const { topActions, topRisks } = await api.posture.get.query();
  const action = topActions[0]!;
  const risk = topRisks[0]!;
  await page.goto("/");
  const actions = page.locator("section").filter({ has: page.getByRole("heading", { name: /risk points? off$/ }) });
  await expect(actions.getByRole("listitem")).toHaveCount(topActions.length);
  await actions
    .getByRole("link", { name: new RegExp(`${action.label}.*${action.identityName}`) })
    .first()
    .click();
  const task = page.getByRole("region", { name: "Task" });
  await expect(task.getByRole("link", { name: action.identityName }).first()).toHaveAttribute("href", `/identities/${action.identityId}`);

  await page.goBack();
  await page.getByRole("table").filter({ hasText: "Reaches" }).getByRole("link", { name: risk.name, exact: true }).click();
  await expect(page).toHaveURL(`/identities/${risk.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(risk.name);
});

test("the OWASP strip and the owners lead to the same numbers", async ({ page, api }) => {
  const { owaspNhi, byOwner } = await api.posture.get.query();
  const control = owaspNhi.find(({ openFindings }) => openFindings > 0)!;
  await page.goto("/");
  await page.getByRole("link", { name: new RegExp(`^${control.id.split(":")[0]} ?${control.label}`) }).click();
  await expect(page).toHaveURL(/\/frameworks\/owasp-nhi-2025#/);
  await expect(page.getByRole("button", { name: control.label, expanded: true })).toBeVisible();

  const owner = byOwner.find((row) => row.owner !== null)!;
  await page.goto("/");
  await page.getByRole("link", { name: owner.owner!, exact: true }).first().click();
  await new InventoryPage(page).expectTotal(owner.identities);
});
