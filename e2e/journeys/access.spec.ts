import { apiOf, expect, instanceUrl, listen, test } from "../journey.ts";
import { join } from "../pages/invitation.ts";
import { IdentityPage } from "../pages/identity-page.ts";
import { TasksPage } from "../pages/tasks-page.ts";

const signedOut = { cookies: [], origins: [] };
const unknownId = "00000000-0000-7000-8000-000000000000";

test("an auditor enters by an invitation, reads everything and changes nothing", async ({ page, browser, api }) => {
  await page.goto("/settings");
  await page.getByLabel("Invite by email").fill(`auditor-${Date.now()}@example.org`);
  await page.getByLabel("Role", { exact: true }).selectOption("auditor");
  await page.getByRole("button", { name: "Make a link" }).click();
  const url = (await page.getByRole("status").filter({ hasText: "Invitation link, shown only now" }).locator("code").textContent())!;

  const context = await browser.newContext({ storageState: signedOut });
  const auditor = await join(context, url, "Aud Itor");
  const said = listen(auditor);
  await expect(auditor.getByRole("complementary").first()).toContainText("Auditor", { ignoreCase: true });

  const [task] = (await api.tasks.list.query({ filter: { queue: "unassigned", state: ["open"] }, limit: 1 })).items;
  const tasks = new TasksPage(auditor);
  await tasks.open(`queue=all&task=${task!.id}`);
  await expect(tasks.task.getByRole("heading", { name: "What to do" })).toBeVisible();
  await expect(tasks.task.getByRole("button", { name: /Claim|Start|Submit|Snooze|exception|False positive|comment/i })).toHaveCount(0);

  await new IdentityPage(auditor).open(task!.subjectId);
  await expect(auditor.getByRole("heading", { name: "Facts", exact: true })).toBeVisible();
  await expect(auditor.getByRole("button", { name: /^State/ })).toHaveCount(0);

  await auditor.goto("/sources");
  await expect(auditor.getByRole("heading", { name: "Recent imports" })).toBeVisible();
  await expect(auditor.getByRole("link", { name: "Bring an export" })).toHaveCount(0);
  await expect(auditor.getByRole("button", { name: /Remove/ })).toHaveCount(0);

  const refused = apiOf(context);
  const change = { id: task!.id, version: task!.version, event: "claim" } as const;
  await expect(refused.tasks.act.mutate(change)).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  await expect(refused.demo.remove.mutate()).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  expect((await refused.tasks.get.query({ id: task!.id })).state).toBe("open");
  expect(said).toEqual([]);
  await context.close();

  const again = await browser.newContext({ storageState: signedOut });
  const late = await again.newPage();
  await late.goto(url);
  await expect(late).toHaveURL(/\/sign-in/);
  await again.close();
});

test("an API key is shown once, works on the REST API only, and stops when it is revoked", async ({ page, playwright }) => {
  const name = `e2e ${Date.now()}`;
  await page.goto("/settings");
  await page.getByLabel("Name").and(page.getByPlaceholder("what it is for")).fill(name);
  await page.getByRole("button", { name: "Create a key" }).click();
  const key = (await page.getByRole("status").filter({ hasText: "API key, shown only now" }).locator("code").textContent())!;
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("never used");
  await expect(page.getByText(key)).toHaveCount(0);

  const rest = await playwright.request.newContext({
    baseURL: instanceUrl(),
    storageState: signedOut,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  const answer = await rest.get("/api/v1/identities?limit=1");
  expect(answer.status()).toBe(200);
  expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(1);
  expect((await rest.delete("/api/v1/demo")).status()).toBe(403);

  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText(/keys? ha(s|ve) ended/).click();
  await expect(row).toContainText("revoked");
  const after = await rest.get("/api/v1/identities?limit=1");
  expect(after.status()).toBe(401);
  expect(after.headers()["content-type"]).toContain("application/problem+json");
  expect(await after.json()).toMatchObject({ status: 401, title: expect.any(String) });
  await rest.dispose();
});

test.describe("without a session", () => {
  test.use({ storageState: signedOut, expectedOnConsole: /status of 401/ });

  test("a visit ends at the sign-in page and remembers where it wanted to go", async ({ page, request }) => {
    await page.goto("/inventory?lens=dormant");
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    expect(new URL(page.url()).searchParams.get("next")).toBe("/inventory?lens=dormant");
    await page.getByLabel("Email").fill("nobody@example.org");
    await page.getByLabel("Password").fill("not the right one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "do not match" })).toBeVisible();
    expect((await request.get("/api/v1/posture")).status()).toBe(401);
  });
});

test.describe("nothing there", () => {
  test.use({ expectedOnConsole: /status of 404/ });

  const absent = {
    [`/identities/${unknownId}`]: { says: "There is no identity at this address", on: "Look in the inventory", to: "/inventory" },
    "/identities/not-an-id": { says: "There is no identity at this address", on: "Look in the inventory", to: "/inventory" },
    [`/tasks?queue=all&task=${unknownId}`]: { says: "There is no task at this address", on: "Go to my tasks", to: "/tasks" },
    "/findings/no-such-rule": { says: "There is no rule at this address", on: "See all findings", to: "/findings" },
    "/frameworks/no-such-framework": { says: "There is no framework at this address", on: "See all frameworks", to: "/frameworks" },
    [`/sources/imports/${unknownId}`]: { says: "There is no import at this address", on: "Go to sources", to: "/sources" },
    "/no-such-page": { says: "There is nothing at this address", on: "Go to Posture", to: "/" },
  };

  test("what is unknown answers 404, says so and leads on", async ({ page }) => {
    for (const [address, { says, on, to }] of Object.entries(absent)) {
      const answer = await page.goto(address);
      expect(answer!.status(), address).toBe(404);
      await expect(page.getByText(says)).toBeVisible();
      await expect(page.getByRole("main").getByRole("link", { name: on })).toHaveAttribute("href", to);
    }
    await page.goto(`/identities/${unknownId}`);
    await page.getByRole("main").getByRole("link", { name: "Look in the inventory" }).click();
    await expect(page.getByRole("grid", { name: "Identities" })).toBeVisible();
  });
});
