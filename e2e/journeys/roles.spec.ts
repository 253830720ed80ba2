import type { Browser, Page } from "@playwright/test";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { expect, listen, test } from "../journey.ts";
import { join } from "../pages/invitation.ts";
import { TasksPage } from "../pages/tasks-page.ts";

type Api = TRPCClient<AppRouter>;
// A walk through every page is as long as many journeys.
test.setTimeout(240_000);

type Role = "owner" | "analyst" | "auditor";

async function addresses(api: Api): Promise<readonly string[]> {
  const { topRisks } = await api.posture.get.query();
  const [rule] = await api.findings.groups.query({ filter: { state: "open" } });
  const { items: imports } = await api.ingestions.list.query({ limit: 1 });
  const identity = `/identities/${topRisks[0]!.id}`;
  return [
    "/",
    "/inventory",
    `/inventory?identity=${topRisks[0]!.id}`,
    identity,
    "/findings",
    `/findings/${rule!.ruleId}`,
    "/tasks?queue=all",
    "/credentials",
    "/frameworks",
    "/frameworks/owasp-nhi-2025",
    "/sources",
    "/sources/add",
    `/sources/imports/${imports[0]!.id}`,
    "/settings",
  ];
}

async function walkTabs(page: Page): Promise<void> {
  for (const name of [/^Access/, /^Credentials/, /^Findings and tasks/, /^Usage/, /^History/]) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tabpanel")).not.toBeEmpty();
    await expect(page.locator("main .motion-breathe")).toHaveCount(0);
    await expect(page.getByText("could not be loaded")).toHaveCount(0);
  }
}

/** Signs in with an invitation and looks at every page: each is there, complete, and nothing on it failed. */
async function walk(role: Role, api: Api, browser: Browser): Promise<Page> {
  const { url } = await api.settings.invitations.create.mutate({ role, email: `${role}-${Date.now()}@example.org` });
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await join(context, url, `The ${role}`);
  const said = listen(page);
  for (const address of await addresses(api)) {
    const answer = await page.goto(address);
    expect(answer!.status(), address).toBe(200);
    await expect(page.locator("h1").first(), address).toBeAttached();
    await expect(page.locator("main .motion-breathe"), address).toHaveCount(0);
    await expect(page.getByText("could not be loaded"), address).toHaveCount(0);
    if (address.startsWith("/identities/")) await walkTabs(page);
  }
  expect(said).toEqual([]);
  return page;
}

test("an owner reads everything, works on tasks, and brings, removes and administers nothing", async ({ browser, api }) => {
  const page = await walk("owner", api, browser);
  await expect(page.getByRole("heading", { name: "People" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "API keys" })).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();

  await page.goto("/sources");
  await expect(page.getByRole("heading", { name: "Recent imports" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Bring an export" })).toHaveCount(0);
  await page.goto("/sources/add");
  await expect(page.getByText("Your role reads what others bring.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Import/ })).toHaveCount(0);
  await page.goto("/inventory");
  await expect(page.getByRole("grid", { name: "Identities" }).getByRole("checkbox")).toHaveCount(0);

  const [task] = (await api.tasks.list.query({ filter: { queue: "unassigned", state: ["open"] }, limit: 1 })).items;
  const tasks = new TasksPage(page);
  await tasks.open(`queue=all&task=${task!.id}`);
  await expect(tasks.action("Claim")).toBeVisible();
  await expect(tasks.action("Assign")).toHaveCount(0);
  await tasks.action("Claim").click();
  await tasks.expectState("Claimed");
  await page.context().close();
});

test("an analyst imports and triages, and administers nothing", async ({ browser, api }) => {
  const page = await walk("analyst", api, browser);
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: /^Role of/ })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "API keys" })).toHaveCount(0);

  await page.goto("/sources");
  await expect(page.getByRole("link", { name: "Bring an export" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove the demo organisation" })).toHaveCount(0);
  await page.goto("/inventory");
  await expect(page.getByRole("grid", { name: "Identities" }).getByRole("checkbox").first()).toBeVisible();

  const [task] = (await api.tasks.list.query({ filter: { queue: "unassigned", state: ["open"] }, limit: 1 })).items;
  const tasks = new TasksPage(page);
  await tasks.open(`queue=all&task=${task!.id}`);
  await tasks.action("Assign").click();
  await expect(page.getByRole("dialog", { name: "Assign" }).getByRole("button", { name: /The analyst/ })).toBeVisible();
  await page.context().close();
});

test("an auditor sees every page and a button for nothing", async ({ browser, api }) => {
  const page = await walk("auditor", api, browser);
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: /^Role of/ })).toHaveCount(0);
  await page.goto("/tasks?queue=all");
  await expect(page.locator("[data-task]").first()).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.context().close();
});
