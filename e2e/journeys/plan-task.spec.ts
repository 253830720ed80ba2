import { expect, test } from "../journey.ts";
import { ImportPage, type Upload } from "../pages/import-page.ts";

/** One bot that writes to one store; once `closed`, the grant leads to an empty one. */
function estate(day: string, closed: boolean): Upload {
  const provider = "journey";
  const records = [
    { source: "journey-plan", account: "journey", asOf: `${day}T00:00:00Z`, scopes: [{ dataset: "bots", outcome: "complete" }] },
    {
      kind: "identity",
      ref: "bot/plan",
      identityKind: "bot",
      name: "journey-plan-bot",
      provider,
      facts: { status: "active" },
      attributes: {},
    },
    ...["vault", "empty"].map((name) => ({
      kind: "resource",
      ref: `store/${name}`,
      resourceKind: "data_store",
      name: `journey-${name}`,
      provider,
      sensitivity: { weight: name === "vault" ? 80 : 0, reason: "journey" },
      attributes: {},
    })),
    {
      kind: "grant",
      ref: "grant/plan",
      dialect: "direct",
      grantKind: "ACCESSES",
      from: "bot/plan",
      to: closed ? "store/empty" : "store/vault",
      level: "write",
      attributes: {},
    },
  ];
  const buffer = Buffer.from(records.map((record) => JSON.stringify(record)).join("\n"));
  return { name: "estate.ndjson", mimeType: "application/x-ndjson", buffer };
}

test("a plan becomes a task, somebody does it, and the next import marks it as done", async ({ page, api }) => {
  // Two imports, each with its analysis of the whole workspace.
  test.slow();
  const form = new ImportPage(page);
  await form.open();
  await form.send([estate("2026-11-01", false)]);
  await form.expectDone();
  const { items } = await api.identities.list.query({ filter: { search: "journey-plan-bot" }, limit: 1 });
  const bot = items[0]!.id;

  await page.goto(`/blast-radius?node=${bot}`);
  await page
    .getByRole("region", { name: "What could be changed" })
    .getByRole("button", { name: "Remove the grant from journey-plan-bot to journey-vault" })
    .click();
  await page.getByRole("region", { name: "What if" }).getByRole("button", { name: "Open a task" }).click();
  await page
    .getByRole("region", { name: "What if" })
    .getByRole("link", { name: /^Task: open/ })
    .click();
  const task = page.getByRole("region", { name: "Task" });
  await task.getByRole("button", { name: "Claim" }).click();
  await task.getByRole("button", { name: "Start" }).click();
  await task.getByRole("button", { name: "Submit for verification" }).click();
  await expect(task).toContainText("Waiting for a complete sync");
  const address = page.url();

  await form.open();
  await form.send([estate("2026-11-02", true)]);
  await form.expectDone();
  await page.goto(address);
  await expect(task.getByText("Done", { exact: true })).toBeVisible();
  await expect(task).toContainText("verified");
  // The identity it was made for keeps it in its history of work.
  const { items: kept } = await api.tasks.list.query({ filter: { queue: "all", subject: bot, state: ["done"], playbook: ["plan"] } });
  expect(kept).toHaveLength(1);
});
