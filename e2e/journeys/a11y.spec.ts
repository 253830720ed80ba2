import type { BrowserContext } from "@playwright/test";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { apiOf, expect, listen, test as journey } from "../journey.ts";
import { expectAccessible } from "../pages/accessibility.ts";

type Api = TRPCClient<AppRouter>;

/** One browser profile for all views: what the first page loads, the others have. */
const test = journey.extend<object, { readonly visitor: BrowserContext }>({
  visitor: [
    async ({ browser }, use, { project }) => {
      const { baseURL, storageState, viewport, locale, timezoneId, reducedMotion } = project.use;
      const context = await browser.newContext({ baseURL, storageState, viewport, locale, timezoneId, reducedMotion });
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],
  api: async ({ visitor }, use) => use(apiOf(visitor)),
  page: async ({ visitor }, use) => {
    const page = await visitor.newPage();
    const said = listen(page);
    await use(page);
    await page.close();
    expect(said).toEqual([]);
  },
});

const topRisk = async (api: Api) => (await api.posture.get.query()).topRisks[0]!.id;
const tabs = ["overview", "access", "credentials", "work", "usage", "history"];

/** Every page, and the states of it that look different. */
const views: Readonly<Record<string, (api: Api) => string | Promise<string>>> = {
  posture: () => "/",
  inventory: () => "/inventory",
  "inventory with a drawer": async (api) => `/inventory?identity=${await topRisk(api)}`,
  "inventory without a match": () => "/inventory?q=nothing-is-called-this",
  ...Object.fromEntries(tabs.map((tab) => [`identity, ${tab}`, async (api: Api) => `/identities/${await topRisk(api)}?tab=${tab}`])),
  "findings of a rule": async (api) => `/findings?rule=${(await api.findings.groups.query({ filter: { state: "open" } }))[0]!.ruleId}`,
  "a rule": async (api) => `/findings/${(await api.findings.groups.query({ filter: { state: "open" } }))[0]!.ruleId}`,
  "tasks with one open": async (api) =>
    `/tasks?queue=all&task=${(await api.tasks.list.query({ filter: { queue: "all" }, limit: 1 })).items[0]!.id}`,
  "choke points": () => "/choke-points",
  "where a blast radius begins": () => "/blast-radius",
  "a blast radius": async (api) => `/blast-radius?node=${await topRisk(api)}`,
  "who can reach it": async (api) => `/blast-radius?view=in&node=${await topRisk(api)}`,
  credentials: () => "/credentials",
  frameworks: () => "/frameworks",
  "a framework": () => "/frameworks/nist-csf-2.0",
  sources: () => "/sources",
  "bring an export": () => "/sources/add",
  "pulling from an address": () => "/sources/pull",
  "an import": async (api) => `/sources/imports/${(await api.ingestions.list.query({ limit: 1 })).items[0]!.id}`,
  settings: () => "/settings",
  "the audit log": () => "/settings/audit",
  "your sessions": () => "/settings/sessions",
  welcome: () => "/welcome",
};

for (const [name, address] of Object.entries(views)) {
  test(name, async ({ page, api }) => {
    await page.goto(await address(api));
    await expectAccessible(page);
  });
}

test("dialogs and menus", async ({ page, api }) => {
  const { items } = await api.tasks.list.query({ filter: { queue: "unassigned", state: ["open"] }, limit: 1 });
  await page.goto(`/tasks?queue=all&task=${items[0]!.id}`);
  await expect(page.getByRole("region", { name: "Task" }).getByRole("button", { name: /^Claim/ })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await expectAccessible(page);
});

journey.describe("without a session", () => {
  journey.use({ storageState: { cookies: [], origins: [] } });
  journey("sign-in", async ({ page }) => {
    await page.goto("/sign-in");
    await expectAccessible(page);
  });
});
