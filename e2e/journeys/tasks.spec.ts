import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "@rollcall/api-router";
import { expect, test } from "../journey.ts";
import { TasksPage } from "../pages/tasks-page.ts";

type Api = TRPCClient<AppRouter>;

async function openTask(api: Api, playbook: "rotate" | "narrow" | "assign_owner") {
  const filter = { queue: "unassigned" as const, state: ["open"], playbook: [playbook] };
  const task = (await api.tasks.list.query({ filter, limit: 1 })).items[0];
  if (task === undefined) throw new Error(`the demo organisation has no open task to ${playbook}`);
  return task;
}

test("a task is claimed, undone, worked on and submitted by keyboard", async ({ page, api }) => {
  const { id, title } = await openTask(api, "rotate");
  const tasks = new TasksPage(page);
  await tasks.open(`queue=all&task=${id}`);
  await expect(tasks.task.getByRole("heading", { level: 2 }).first()).toHaveText(title);
  await tasks.expectState("Nobody has it yet");

  await page.keyboard.press("1");
  await tasks.expectState("Claimed");
  await tasks.toast("Yours now").getByRole("button", { name: "Undo" }).click();
  await tasks.expectState("Nobody has it yet");

  await page.keyboard.press("1");
  await tasks.expectState("Claimed");
  await page.keyboard.press("s");
  await tasks.expectState("In progress");

  await page.keyboard.press("c");
  await expect(tasks.task.getByRole("textbox", { name: /^Comment/ })).toBeFocused();
  // Keys of the list are letters in a field.
  await page.keyboard.type("every rotation is tested first");
  await page.keyboard.press("Control+Enter");
  await expect(tasks.timeline.getByText("every rotation is tested first")).toBeVisible();
  await tasks.expectState("In progress");

  await page.keyboard.press("v");
  await tasks.expectState("Verifying");
  await expect(tasks.task).toContainText("It is done when the findings are gone from it, not before.");
  expect((await api.tasks.get.query({ id })).events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["claim", "release", "start", "comment", "submit"]),
  );

  await page.goto(`/tasks?queue=mine`);
  await expect(tasks.item(id)).toBeVisible();
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/task=/);
});

test("several tasks are selected, snoozed, taken back and claimed by keyboard", async ({ page, api }) => {
  const tasks = new TasksPage(page);
  await tasks.open("queue=unassigned");
  const bar = page.getByRole("toolbar", { name: "Selected tasks" });
  await expect(page).toHaveURL(/task=/);
  const first = page.url();
  await page.keyboard.press("x");
  await expect(bar).toContainText("1 selected");
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(first);
  await page.keyboard.press("x");
  await expect(bar).toContainText("2 selected");
  const chosen = await page
    .getByRole("listitem")
    .filter({ has: page.getByRole("checkbox", { checked: true }) })
    .locator("[data-task]")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-task")!));
  expect(chosen).toHaveLength(2);
  const states = () => Promise.all(chosen.map(async (id) => (await api.tasks.get.query({ id })).state));

  await page.keyboard.press("h");
  await page.getByRole("dialog", { name: "Snooze" }).getByRole("button", { name: "For a week" }).click();
  await expect(tasks.toast("Snoozed: 2 tasks")).toBeVisible();
  expect(await states()).toEqual(["snoozed", "snoozed"]);
  for (const id of chosen) await expect(tasks.item(id)).toHaveCount(0);
  await expect(bar).toHaveCount(0);
  await tasks.toast("Snoozed: 2 tasks").getByRole("button", { name: "Undo" }).click();
  await expect.poll(states).not.toContain("snoozed");
  for (const id of chosen) await expect(tasks.item(id)).toBeVisible();

  for (const id of chosen)
    await page
      .getByRole("listitem")
      .filter({ has: tasks.item(id) })
      .getByRole("checkbox")
      .click();
  await page.keyboard.press("1");
  await expect(tasks.toast("Yours now: 2 tasks")).toBeVisible();
  expect(await states()).toEqual(["claimed", "claimed"]);
});

test("an exception needs a reason, what limits the risk, and an end", async ({ page, api }) => {
  const { id, version } = await openTask(api, "narrow");
  await expect(api.tasks.act.mutate({ id, version, event: "except", reason: "because" })).rejects.toThrow(/\w+ \w+/);
  const tasks = new TasksPage(page);
  await tasks.open(`queue=all&task=${id}`);
  await tasks.expectState("Nobody has it yet");
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Ask for an exception" });
  const record = dialog.getByRole("button", { name: "Record the exception" });
  await record.click();
  await expect(dialog.getByLabel("Why it has to stay")).toBeFocused();
  await dialog.getByLabel("Why it has to stay").fill("The vendor supports no narrower role");
  await record.click();
  await expect(dialog.getByLabel("What limits the risk meanwhile")).toBeFocused();
  await dialog.getByLabel("What limits the risk meanwhile").fill("Its network is closed");
  const end = await dialog.getByLabel("Ends on").inputValue();
  await dialog.getByLabel("Ends on").fill("");
  await record.click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Ends on").fill(end);
  await record.click();

  await expect(dialog).toBeHidden();
  await tasks.expectState("Exception");
  await expect(tasks.task).toContainText("The vendor supports no narrower role");
  await expect(tasks.task).toContainText("Meanwhile: Its network is closed");
  expect((await api.tasks.get.query({ id })).exception?.expiresAt.slice(0, 10)).toBe(end);
});

test.describe("somebody was faster", () => {
  test.use({ expectedOnConsole: /status of 409/ });

  test("acting on what has changed meanwhile is refused in words and shows the new state", async ({ page, api }) => {
    const { id, version } = await openTask(api, "assign_owner");
    const tasks = new TasksPage(page);
    await tasks.open(`queue=all&task=${id}`);
    await tasks.expectState("Nobody has it yet");
    await api.tasks.act.mutate({ id, version, event: "claim" });

    await page.keyboard.press("1");
    await expect(tasks.toast(/changed|meanwhile/i)).toBeVisible();
    await tasks.expectState("Claimed");
    await expect(api.tasks.act.mutate({ id, version, event: "start" })).rejects.toMatchObject({ data: { code: "CONFLICT" } });
  });
});
