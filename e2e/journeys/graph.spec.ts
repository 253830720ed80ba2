import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { expect, test } from "../journey.ts";
import { expectAccessible } from "../pages/accessibility.ts";

type Api = TRPCClient<AppRouter>;

/** The identity that reaches most, and what it reaches by more than one step. */
async function farReaching(api: Api) {
  // Journeys before this one may have set off an analysis, which moves what is compared here.
  await expect.poll(async () => (await api.sources.list.query()).some(({ state }) => state === "syncing"), { timeout: 30_000 }).toBe(false);
  const { items } = await api.identities.list.query({ filter: { provider: ["aws"] }, sort: "blast", direction: "desc", limit: 1 });
  const id = items[0]!.id;
  const radius = await api.graph.radius.query({ node: id });
  const { items: reached } = await api.graph.expand.query({ node: id, limit: 200 });
  return { id, radius, target: reached.find((node) => node.hop > 1)! };
}

test("the picture gathers what is reached, opens a group and explains a way", async ({ page, api }) => {
  let far = await farReaching(api);
  await expect(async () => {
    far = await farReaching(api);
    await page.goto(`/blast-radius?node=${far.id}`);
    await expect(page.getByText(`${far.radius.blast.assets.min} assets`).first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 45_000 });
  const { id, radius, target } = far;
  const picture = page.getByRole("group", { name: /^What it can reach: / });
  await expect(picture.locator("[data-unit]")).toHaveCount(radius.picture.units.length + 1);

  const group = radius.picture.units.find((unit) => unit.count > 20 && unit.node === null)!;
  await picture.locator(`[data-unit="${group.id}"]`).click();
  await expect(picture.locator(`[data-unit^="${group.group}|rest"]`)).toBeVisible();
  await expect(page).toHaveURL(/group=/);
  await page.goBack();
  await expect(picture.locator("[data-unit]")).toHaveCount(radius.picture.units.length + 1);

  const { routes } = await api.graph.routes.query({ from: id, to: target.key });
  await page.goto(`/blast-radius?node=${id}&to=${encodeURIComponent(target.key)}`);
  const way = page.getByRole("region", { name: "The way there" });
  await expect(way.locator("ol > li")).toHaveCount(routes[0]!.hops.length);
  for (const hop of routes[0]!.hops) await expect(way).toContainText(hop.sentence);
  await expect(picture.locator(`[data-unit="${target.key}"]`)).toHaveAttribute("aria-pressed", "true");
});

test("the picture is walked by keyboard, and the table says the same", async ({ page, api }) => {
  const { id, radius } = await farReaching(api);
  await page.goto(`/blast-radius?node=${id}`);
  const root = page.locator('[data-unit="root"]');
  await root.focus();
  await page.keyboard.press("ArrowRight");
  const first = radius.picture.units.filter((unit) => unit.hop === 1).map((unit) => unit.id);
  expect(first).toContain(await page.locator(":focus").getAttribute("data-unit"));
  await page.keyboard.press("ArrowLeft");
  await expect(root).toBeFocused();

  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", String(radius.picture.nodes + 1));
  await page.getByRole("button", { name: "Who can reach it" }).click();
  const exposure = await api.graph.exposure.query({ node: id });
  await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", String(exposure.picture.nodes + 1));
  await page.getByRole("button", { name: "Picture", exact: true }).click();
});

test("a plan edits the picture, is undone, shared by its address and made a task, which leads back and is withdrawn", async ({
  page,
  api,
}) => {
  const { id } = await farReaching(api);
  const offers = await api.graph.changes.query({ node: id });
  const offer = offers.find((each) => each.change.kind === "remove_grant")!;
  const answer = await api.graph.whatIf.query({ changes: [offer.change as never], focus: id });
  expect(answer.focus!.lostTotal).toBeGreaterThan(0);
  await page.goto(`/blast-radius?node=${id}`);
  const list = page.getByRole("region", { name: "What could be changed" });
  const more = list.getByRole("button", { name: /^Show all/ });
  if (await more.isVisible()) await more.click();
  await list.getByRole("button", { name: offer.title }).first().click();
  const plan = page.getByRole("region", { name: "What if" });
  await expect(plan).toContainText(offer.title);
  await expect(plan).toContainText(new RegExp(`${answer.focus!.outOfReach} assets? gets? out of its reach`));
  await expect(page.locator('[data-fate="gone"]').first()).toBeVisible();

  const address = page.url();
  await plan.getByRole("button", { name: "Undo" }).click();
  await expect(plan).toHaveCount(0);
  await expect(page.locator('[data-fate="gone"]')).toHaveCount(0);
  await page.goto(address);
  await expect(plan).toContainText(offer.title);
  await expectAccessible(page);

  await plan.getByRole("button", { name: "Open a task" }).click();
  await expect(page.getByText("The plan is a task now.")).toBeVisible();
  const link = plan.getByRole("link", { name: /^Task: open/ });
  await expect(link).toBeFocused();
  await link.click();
  const task = page.getByRole("region", { name: "Task" });
  await expect(task.getByRole("heading", { level: 2, name: offer.title })).toBeVisible();
  // An analysis that another journey set off may have moved it by a tenth in between.
  const now = await api.graph.whatIf.query({ changes: [offer.change as never], focus: id });
  const shares = [answer, now].map(({ focus }) => String(focus!.pct.before.min).replace(".", "\\."));
  await expect(task).toContainText(new RegExp(shares.join("|"), "u"));
  await expectAccessible(page);
  await task.getByRole("link", { name: "Try it again on today\u2019s graph" }).click();
  await expect(plan).toContainText(offer.title);
  await page.goBack();
  await task.getByRole("button", { name: "Withdraw the plan" }).click();
  await expect(page.getByText("Withdrawn: nobody is asked to do this")).toBeVisible();
  await expect(page.getByRole("button", { name: offer.title })).toHaveCount(0);
});

test("the board ranks single changes, and each opens with its plan", async ({ page, api }) => {
  await expect.poll(async () => (await api.graph.chokePoints.query()).state, { timeout: 45_000 }).toBe("ready");
  const answer = await api.graph.chokePoints.query();
  if (answer.state !== "ready") throw new Error("not ready");
  const [first] = answer.ranked;
  await page.goto("/");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/choke-points/);
  await expect(page.getByRole("listitem").filter({ hasText: first!.title }).first()).toContainText(`${first!.cutPct} %`);
  await expect(page.getByRole("heading", { name: "If a control plane is lost" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What the graph does not say" })).toBeVisible();
  await page
    .getByRole("button", { name: `Open a task: ${first!.title}` })
    .first()
    .click();
  await expect(page.getByRole("link", { name: `Task: open, for ${first!.title}` })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: `Open a task: ${first!.title}` })).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole("link", { name: `Try it: ${first!.title}` })
    .first()
    .click();
  const plan = page.getByRole("region", { name: "What if" });
  await expect(plan).toContainText(first!.title.split(" ")[0]!);
  const whatIf = await api.graph.whatIf.query({ changes: first!.changes as never, focus: null });
  expect(whatIf.risk.before.min - whatIf.risk.after.min).toBe(first!.cut.min);
});

test("on a phone the table comes first", async ({ page, api }) => {
  const { id } = await farReaching(api);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/blast-radius?node=${id}`);
  await expect(page.getByRole("table")).toBeVisible();
  await expectAccessible(page);
});

test("part of a statement becomes a step, with the figures that the API answers", async ({ page, api }) => {
  test.slow();
  await expect.poll(async () => (await api.graph.chokePoints.query()).state, { timeout: 45_000 }).toBe("ready");
  const board = await api.graph.chokePoints.query();
  if (board.state !== "ready") throw new Error("not ready");
  const point = board.ranked.find((each) => each.focus !== null && each.changes[0]?.kind === "remove_statement")!;
  const [removal] = point.changes;
  if (removal?.kind !== "remove_statement") throw new Error("no statement");
  const { statements } = await api.graph.policy.query({ policy: removal.policy });
  const action = statements.find(({ id }) => id === removal.statement)!.actions![0]!;
  const change = { ...removal, kind: "narrow_statement" as const, removeActions: [action], removeResources: [], addConditions: [] };
  const answer = await api.graph.whatIf.query({ changes: [change], focus: point.focus!.key });

  const plan = encodeURIComponent(JSON.stringify(point.changes));
  await page.goto(`/blast-radius?node=${encodeURIComponent(point.focus!.key)}&plan=${plan}`);
  const panel = page.getByRole("region", { name: "What if" });
  await panel.getByRole("button", { name: /^Only a part/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Narrow / });
  await expect(dialog.getByRole("button", { name: "Change the step" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: action, exact: true }).uncheck();
  const risk = `${Math.round((100 - answer.riskCutPct) * 10) / 10} %`;
  await expect(dialog.locator("dl")).toContainText(risk);
  await expect(dialog.getByLabel("The statement before and after")).toContainText(`goes: "${action}"`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Change the step" }).click();
  await expect(panel.getByRole("listitem").first()).toContainText(answer.steps[0]!.title);
  await expect(panel.locator("dl")).toContainText(risk);
  await panel.getByRole("button", { name: "Undo" }).click();
  await expect(panel.getByRole("listitem").first()).toContainText("Remove statement");
});
