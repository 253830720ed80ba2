import type { Browser, Page } from "@playwright/test";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { expect, listen, test } from "../journey.ts";
import { join } from "../pages/invitation.ts";
import { TasksPage } from "../pages/tasks-page.ts";

type Api = TRPCClient<AppRouter>;
type Role = "owner" | "analyst" | "auditor";
type Addresses = Awaited<ReturnType<typeof addresses>>;
/** What a role finds, or does not find, on a page that it has just opened. */
type Looks = Partial<Record<keyof Addresses, (page: Page) => Promise<void>>>;

// A walk through every page is as long as many journeys.
test.setTimeout(150_000);

async function addresses(api: Api) {
  const filter = { queue: "unassigned" as const, state: ["open"] };
  const [{ topRisks }, [rule], { items: imports }, { items: tasks }] = await Promise.all([
    api.posture.get.query(),
    api.findings.groups.query({ filter: { state: "open" } }),
    api.ingestions.list.query({ limit: 1 }),
    api.tasks.list.query({ filter, limit: 1 }),
  ]);
  return {
    posture: "/",
    inventory: "/inventory",
    drawer: `/inventory?identity=${topRisks[0]!.id}`,
    identity: `/identities/${topRisks[0]!.id}`,
    radius: `/blast-radius?node=${topRisks[0]!.id}`,
    "choke points": "/choke-points",
    findings: "/findings",
    rule: `/findings/${rule!.ruleId}`,
    task: `/tasks?queue=all&task=${tasks[0]!.id}`,
    credentials: "/credentials",
    frameworks: "/frameworks",
    framework: "/frameworks/owasp-nhi-2025",
    sources: "/sources",
    add: "/sources/add",
    import: `/sources/imports/${imports[0]!.id}`,
    settings: "/settings",
    sessions: "/settings/sessions",
  };
}

async function expectComplete(page: Page, what: string): Promise<void> {
  await expect(page.locator("h1").first(), what).toBeAttached();
  await expect(page.locator("main .motion-breathe"), what).toHaveCount(0);
  await expect(page.getByText("could not be loaded"), what).toHaveCount(0);
}

async function walkTabs(page: Page): Promise<void> {
  for (const name of [/^Access/, /^Credentials/, /^Findings and tasks/, /^Usage/, /^History/]) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tabpanel")).not.toBeEmpty();
    await expectComplete(page, String(name));
  }
}

/** Signs in with an invitation and opens every page once: each is there, complete, and nothing on it failed. */
async function walk(role: Role, { api, browser }: { api: Api; browser: Browser }, looks: Looks): Promise<void> {
  const { url } = await api.settings.invitations.create.mutate({ role, email: `${role}-${Date.now()}@example.org` });
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, reducedMotion: "reduce" });
  const page = await join(context, url, `The ${role}`);
  const said = listen(page);
  for (const [name, address] of Object.entries(await addresses(api))) {
    await test.step(`${role}: ${name}`, async () => {
      const answer = await page.goto(address);
      expect(answer!.status(), address).toBe(200);
      await expectComplete(page, address);
      if (name === "identity") await walkTabs(page);
      await looks[name as keyof Addresses]?.(page);
    });
  }
  expect(said).toEqual([]);
  await context.close();
}

const expectNo = (locate: (page: Page) => ReturnType<Page["locator"]>) => async (page: Page) => expect(locate(page)).toHaveCount(0);

test("an owner reads everything, works on tasks, and brings, removes and administers nothing", async ({ browser, api }) => {
  await walk(
    "owner",
    { browser, api },
    {
      inventory: expectNo((page) => page.getByRole("grid", { name: "Identities" }).getByRole("checkbox")),
      task: async (page) => {
        const tasks = new TasksPage(page);
        await expect(tasks.action("Claim")).toBeVisible();
        await expect(tasks.action("Assign")).toHaveCount(0);
        await tasks.action("Claim").click();
        await tasks.expectState("Claimed");
      },
      sources: async (page) => {
        await expect(page.getByRole("heading", { name: "Recent imports" })).toBeVisible();
        await expect(page.getByRole("link", { name: "Bring an export" })).toHaveCount(0);
      },
      add: async (page) => {
        await expect(page.getByText("Your role reads what others bring.")).toBeVisible();
        await expect(page.getByRole("button", { name: /^Import/ })).toHaveCount(0);
      },
      settings: async (page) => {
        await expect(page.getByRole("heading", { name: "Workspace", exact: true })).toBeVisible();
        await expect(page.getByLabel("Name", { exact: true })).toHaveCount(0);
        await expect(page.getByRole("heading", { name: "People" })).toHaveCount(0);
        await expect(page.getByRole("heading", { name: "API keys" })).toHaveCount(0);
      },
    },
  );
});

test("an analyst imports and triages, and administers nothing", async ({ browser, api }) => {
  await walk(
    "analyst",
    { browser, api },
    {
      inventory: (page) => expect(page.getByRole("grid", { name: "Identities" }).getByRole("checkbox").first()).toBeVisible(),
      task: async (page) => {
        await new TasksPage(page).action("Assign").click();
        await expect(page.getByRole("dialog", { name: "Assign" }).getByRole("button", { name: /The analyst/ })).toBeVisible();
      },
      sources: async (page) => {
        await expect(page.getByRole("link", { name: "Bring an export" })).toBeVisible();
        await expect(page.getByRole("button", { name: "Remove the demo organisation" })).toHaveCount(0);
      },
      settings: async (page) => {
        await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
        await expect(page.getByRole("combobox", { name: /^Role of/ })).toHaveCount(0);
        await expect(page.getByRole("heading", { name: "API keys" })).toHaveCount(0);
      },
    },
  );
});

test("an auditor sees every page and a button for nothing", async ({ browser, api }) => {
  await walk(
    "auditor",
    { browser, api },
    {
      inventory: expectNo((page) => page.getByRole("grid", { name: "Identities" }).getByRole("checkbox")),
      task: async (page) => {
        await expect(page.locator("[data-task]").first()).toBeVisible();
        await expect(page.getByRole("checkbox")).toHaveCount(0);
        await expect(new TasksPage(page).action("Claim")).toHaveCount(0);
      },
      settings: async (page) => {
        await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
        await expect(page.getByRole("combobox", { name: /^Role of/ })).toHaveCount(0);
      },
    },
  );
});
