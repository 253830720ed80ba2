import { expect, test } from "../journey.ts";

test("an OWASP risk leads over its rules and findings to the evidence", async ({ page, api }) => {
  const { controls } = await api.frameworks.get.query({ id: "owasp-nhi-2025" });
  const control = controls.find(({ rules, openFindings }) => openFindings > 0 && rules.some(({ fail }) => fail > 0))!;
  const rule = control.rules.find(({ fail }) => fail > 0)!;

  await page.goto("/frameworks");
  await page.getByRole("link", { name: /OWASP/ }).first().click();
  const item = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: control.label }) });
  await item.getByRole("button", { name: control.label }).click();
  const row = item.getByRole("row").filter({ has: page.getByRole("link", { name: rule.title, exact: true }) });
  await expect(row.getByRole("cell")).toHaveText([rule.fail, rule.pass, rule.unknown].map((count) => count.toLocaleString("en")));

  await row.getByRole("link", { name: rule.title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(rule.title);
  await expect(page.getByRole("link", { name: control.label })).toHaveAttribute("href", /\/frameworks\/owasp-nhi-2025#/);

  const findings = page.locator("section").filter({ has: page.getByRole("heading", { name: "Open findings" }) });
  const [finding] = (await api.findings.list.query({ filter: { rule: [rule.ruleId], state: "open" }, limit: 1 })).items;
  await findings.getByRole("button", { name: finding!.subjectName }).first().click();
  // An instant shows as the time since.
  const piece = finding!.evidence.find(({ value }) => !/^\d{4}-\d\d-\d\dT/.test(value))!;
  const line = findings.locator("dl > div").filter({ has: page.getByTitle(piece.path, { exact: true }) });
  await expect(line.first()).toContainText(piece.label);
  await expect(line.first()).toContainText(piece.shown);
  await findings.getByRole("link", { name: "Open the identity" }).click();
  await expect(page.getByRole("dialog", { name: "Identity" }).getByRole("heading", { level: 1 })).toHaveText(finding!.subjectName);
});

test("a control that no check can answer says why", async ({ page, api }) => {
  const { controls } = await api.frameworks.get.query({ id: "nist-csf-2.0" });
  const byHand = controls.filter(({ coverage }) => coverage === "manual" || coverage === "not_assessable");
  expect(byHand.length).toBeGreaterThan(0);
  expect(byHand.filter(({ reason }) => !reason)).toEqual([]);

  const control = byHand.find(({ parent }) => parent !== null) ?? byHand[0]!;
  await page.goto(`/frameworks/nist-csf-2.0#${encodeURIComponent(control.id)}`);
  const item = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: control.label, expanded: true }) });
  await expect(item).toContainText(control.reason!);
  await expect(item).toContainText(control.coverage === "manual" ? "Checked by hand" : "Not assessable here");
});
