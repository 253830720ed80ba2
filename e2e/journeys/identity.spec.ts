import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { expect, test } from "../journey.ts";
import { IdentityPage } from "../pages/identity-page.ts";

type Api = TRPCClient<AppRouter>;
interface Interval {
  readonly min: number;
  readonly max: number;
}

/** The identity without owner that reaches most, with the first of its ways that takes more than one step. */
async function farReaching(api: Api) {
  const { items } = await api.identities.list.query({
    filter: { lens: ["unowned"], provider: ["aws"] },
    sort: "blast",
    direction: "desc",
    limit: 20,
  });
  for (const { id } of items) {
    const { items: reached } = await api.graph.expand.query({ node: id });
    const alone = (label: string) => reached.filter((other) => other.label === label).length === 1;
    const row = reached.find(({ hop, kind, label }) => hop > 1 && kind === "resource" && alone(label));
    if (row !== undefined) return { id, row };
  }
  throw new Error("the demo organisation has no unowned identity with a longer path");
}

function intervalIn(text: string): Interval {
  const [min, max = min] = text.split("\u2013").map(Number);
  return { min: min!, max: max! };
}

test("facts carry source and age, unknown ones say why and how to know", async ({ page, api }) => {
  const { id } = await farReaching(api);
  const view = await api.identities.get.query({ id });
  const identity = new IdentityPage(page);
  await identity.open(id);
  await expect(identity.header.getByRole("heading", { level: 1 })).toHaveText(view.name);
  const fact = (label: string) =>
    identity
      .section("Facts")
      .locator("dl > div")
      .filter({ has: page.getByText(label, { exact: true }) });

  const known = view.facts.find((candidate) => "value" in candidate)!;
  await expect(fact(known.label).first()).toContainText("value" in known ? known.source : "");
  await expect(fact(known.label).first().locator("time").last()).toHaveAttribute("datetime", "value" in known ? known.observedAt : "");

  const unknown = view.facts.find((candidate) => "unknown" in candidate)!;
  const reason = identity.section("Facts").getByRole("listitem").filter({ hasText: unknown.label });
  await expect(reason.first()).toContainText("unknown" in unknown ? unknown.unknown : "", { ignoreCase: true });
  await expect(reason.first()).toContainText("unknown" in unknown ? unknown.howToKnow : "");
});

test("the terms add up to the score, and a path has a sentence for every hop", async ({ page, api }) => {
  const { id, row } = await farReaching(api);
  const identity = new IdentityPage(page);
  await identity.open(id);
  const why = identity.section(/^Why it scores/);
  const shown = intervalIn((await identity.headerValue("Score").locator("span").first().textContent())!);
  const terms = await why.locator("li > div > span:last-child > span:first-child").allTextContents();
  expect(terms.length).toBeGreaterThan(3);
  const sum = (end: keyof Interval) => terms.reduce((total, text) => total + intervalIn(text)[end], 0);
  expect({ min: sum("min"), max: Math.min(100, sum("max")) }).toEqual(shown);

  const access = await identity.tab("Access");
  await expect(page).toHaveURL(/tab=access/);
  await access.getByRole("searchbox", { name: "Search among them" }).fill(row.label);
  const heaviest = access.getByRole("region", { name: "What weighs most" });
  // Only what matches is left before one is picked: a click between two drawings hits neither.
  await expect(heaviest.getByRole("listitem").filter({ hasNotText: row.label })).toHaveCount(0);
  await heaviest.getByRole("button", { name: row.label }).first().click();
  const [shortest] = (await api.graph.routes.query({ from: id, to: row.key })).routes;
  expect(shortest!.hops).toHaveLength(row.hop);
  const steps = access.getByRole("region", { name: "The way there" }).locator("ol > li");
  await expect(steps).toHaveCount(row.hop);
  for (const [index, hop] of shortest!.hops.entries()) await expect(steps.nth(index)).toContainText(hop.sentence);

  for (const [tab, expected] of [
    ["Credentials", /Created|No credential of its own/],
    ["Findings and tasks", /open finding/],
    ["Usage", /Last used|Its use is not known/],
    ["History", /./],
  ] as const) {
    const panel = await identity.tab(new RegExp(`^${tab}`));
    await expect(panel).toContainText(expected);
  }
});

test("stating an owner stands in the facts and the history at once, and in the header", async ({ page, api }) => {
  const { id } = await farReaching(api);
  const before = (await api.posture.get.query()).analysedAt;
  const identity = new IdentityPage(page);
  await identity.open(id);
  await expect(identity.headerValue("Owner")).toHaveText("No one answers for this");

  await page.getByRole("button", { name: "State who answers for it" }).click();
  await expect(page.getByLabel("Owner", { exact: true })).toBeFocused();
  await page.getByLabel("Owner", { exact: true }).fill("Payments platform");
  await page.getByLabel("Purpose").fill("Moves settled invoices");
  await page.getByRole("button", { name: "State", exact: true }).click();
  await expect(identity.section("Facts")).toContainText("Moves settled invoices");
  const { user } = await api.session.me.query();
  const change = (await identity.tab("History")).getByRole("listitem").filter({ hasText: "Payments platform" });
  await expect(change.first()).toContainText(user.name);

  // What follows from it comes with the next analysis.
  await expect.poll(async () => (await api.posture.get.query()).analysedAt, { timeout: 45_000 }).not.toBe(before);
  await page.reload();
  await expect(identity.headerValue("Owner")).toHaveText("Payments platform");
});
