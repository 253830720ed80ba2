import type { Page } from "@playwright/test";
import { expect, instanceUrl, test } from "../journey.ts";
import { InventoryPage } from "../pages/inventory-page.ts";
import { markupPayloads } from "../pages/markup-payloads.ts";

// H6: whatever a source calls its things, a page shows it and runs nothing of it. A dialog, an uncaught error or anything that the policy of the page
// had to stop fails the journey by itself (see `listen`).

const at = (index: number): string => markupPayloads[((index % markupPayloads.length) + markupPayloads.length) % markupPayloads.length]!;

/** Each payload is a name once, and stands in every other place of some other identity. */
function records(): readonly object[] {
  const envelope = { source: "markup", account: "e2e", asOf: "2026-11-20T00:00:00Z", scopes: [{ dataset: "things", outcome: "complete" }] };
  return [
    envelope,
    ...markupPayloads.flatMap((payload, index) => [
      {
        kind: "identity",
        ref: `markup/${index}`,
        identityKind: "service_account",
        name: payload,
        provider: "markup",
        facts: { status: "active", purpose: at(index + 1), environment: "prod" },
        attributes: { note: at(index + 2), link: at(index + 3), [at(index + 4)]: at(index + 5), tags: { [at(index + 6)]: at(index + 7) } },
      },
      {
        kind: "credential",
        ref: `markup/${index}/${at(index + 8)}`,
        identityRef: `markup/${index}`,
        credentialKind: "api_key",
        name: at(index + 9),
        facts: { status: "active", static: true, createdAt: "2020-01-01T00:00:00Z" },
      },
      {
        kind: "owner",
        ref: `owner/${index}`,
        identityRef: `markup/${index}`,
        ownerKind: "team",
        label: at(index + 10),
        signal: "tag",
        weight: 0.9,
      },
      { kind: "resource", ref: `markup/store/${index}`, resourceKind: "vault", name: at(index + 11), provider: "markup" },
      {
        kind: "grant",
        ref: `grant/${index}`,
        dialect: "direct",
        grantKind: "CAN_READ_SECRET",
        from: `markup/${index}`,
        to: `markup/store/${index}`,
        level: "read",
      },
    ]),
  ];
}

/** What no text of a source may become: an element that loads or runs something, a handler, an address that is a script. Runs in the page. */
const lookAround = `(() => {
  const strange = [];
  for (const element of document.querySelectorAll("*")) {
    if (/^(iframe|object|embed|base|marquee)$/i.test(element.tagName)) strange.push(element.tagName);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) strange.push(element.tagName + " " + name);
      if (!/^(href|src|action|formaction|xlink:href|data)$/i.test(name)) continue;
      const { protocol, host } = new URL(value, document.baseURI);
      const isOwn = host === location.host || protocol === "data:" || protocol === "blob:";
      if (element.tagName === "A" ? !/^https?:$/.test(protocol) : !isOwn) strange.push(element.tagName + " " + name + "=" + value);
    }
  }
  return { strange, ran: "__ran" in window };
})()`;
async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(lookAround)).toEqual({ strange: [], ran: false });
}

test("what the look-around is for, it sees", async ({ browser }) => {
  const page = await browser.newPage();
  page.on("dialog", (dialog) => void dialog.dismiss());
  // An address of ours without a policy: what the pages' own would stop may run here.
  await page.goto(`${instanceUrl()}/healthz`);
  for (const payload of [at(1), at(5), at(22)]) {
    await page.setContent(`<p>${payload}</p>`);
    await page.waitForTimeout(200);
    const found = (await page.evaluate(lookAround)) as { strange: readonly string[]; ran: boolean };
    expect(found.strange, payload).not.toEqual([]);
  }
  await page.setContent(`<p>${at(1)}</p>`);
  await expect(async () => expect(await page.evaluate(lookAround)).toMatchObject({ ran: true })).toPass();
  await page.close();
});

test.setTimeout(600_000);

test("a name that is not what it seems to be is marked, and spelled out on its page", async ({ page, request }) => {
  const names = { "look-alike letters": "svc-\u0430dmin", "reads backwards": "key\u202egpj", "hidden characters": "svc\u200b-billing" };
  const records = [
    { source: "seeming", account: "e2e", asOf: "2026-11-20T00:00:00Z", scopes: [{ dataset: "things", outcome: "complete" }] },
    ...Object.values(names).map((name, index) => ({
      kind: "identity",
      ref: `seeming/${index}`,
      identityKind: "service_account",
      name,
      provider: "seeming",
    })),
  ];
  const sent = await request.post("/api/v1/ingestions?filename=seeming.ndjson", {
    data: records.map((record) => JSON.stringify(record)).join("\n"),
    headers: { "content-type": "application/x-ndjson", origin: instanceUrl() },
  });
  expect(sent.status(), await sent.text()).toBe(202);
  const { id: ingestion } = (await sent.json()) as { id: string };
  await page.goto(`/sources/imports/${ingestion}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The import is done", { timeout: 60_000 });
  const inventory = new InventoryPage(page);
  await inventory.open("?provider=seeming");
  for (const [mark, name] of Object.entries(names)) {
    await expect(inventory.grid.getByRole("row").filter({ hasText: name })).toContainText(mark);
  }
  await inventory.grid.getByRole("link", { name: "look-alike letters" }).click();
  await expect(page.getByText("svc-\\u{430}dmin", { exact: true })).toBeVisible();
});

test("two hundred payloads as names, purposes, tags, owners and addresses: shown on every page, none of them runs", async ({
  page,
  api,
  request,
}) => {
  expect(new Set(markupPayloads).size).toBeGreaterThanOrEqual(200);
  const sent = await request.post("/api/v1/ingestions?filename=markup.ndjson", {
    data: records()
      .map((record) => JSON.stringify(record))
      .join("\n"),
    headers: { "content-type": "application/x-ndjson", origin: instanceUrl() },
  });
  expect(sent.status(), await sent.text()).toBe(202);
  const { id: ingestion } = (await sent.json()) as { id: string };
  await page.goto(`/sources/imports/${ingestion}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The import is done", { timeout: 120_000 });
  await expectNothingRan(page);

  const filter = { provider: ["markup"] };
  const identities: { id: string; name: string }[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const list = await api.identities.list.query({ filter, sort: "name", direction: "asc", limit: 100, ...(cursor ? { cursor } : {}) });
    identities.push(...list.items);
    cursor = list.nextCursor;
  }
  expect(identities).toHaveLength(markupPayloads.length);

  await test.step("the inventory shows every name", async () => {
    const inventory = new InventoryPage(page);
    await inventory.open("?provider=markup");
    const shown = new Set<string>();
    for (let part = 0; part <= 40; part += 1) {
      await inventory.scrollTo(part / 40);
      await page.waitForTimeout(120);
      for (const text of await inventory.grid.getByRole("link").allTextContents()) shown.add(text.trim());
    }
    await expectNothingRan(page);
    const names = identities.map(({ name }) => name.trim());
    expect(names.filter((name) => !shown.has(name))).toEqual([]);
  });

  await test.step("pages of single identities", async () => {
    const tabs = ["overview", "access", "credentials", "work", "usage", "history"];
    for (const [index, { id, name }] of identities.filter((_, index) => index % 8 === 0).entries()) {
      await page.goto(`/identities/${id}?tab=${tabs[index % tabs.length]}`);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(name.trim().slice(0, 20));
      await expectNothingRan(page);
    }
  });

  await test.step("every other page", async () => {
    const [first] = identities;
    const { items: tasks } = await api.tasks.list.query({ filter: { queue: "all" }, limit: 1 });
    const [group] = await api.findings.groups.query({ filter: { state: "open" } });
    const addresses = [
      "/",
      `/inventory?provider=markup&identity=${first!.id}`,
      `/inventory?q=${encodeURIComponent(at(0))}`,
      "/credentials",
      `/findings?rule=${group!.ruleId}`,
      `/findings/${group!.ruleId}`,
      `/tasks?queue=all&task=${tasks[0]!.id}`,
      "/choke-points",
      "/blast-radius",
      `/blast-radius?node=${first!.id}`,
      `/blast-radius?view=in&node=${first!.id}`,
      "/frameworks",
      "/frameworks/owasp-nhi-2025",
      "/sources",
      "/sources/add",
      "/settings",
      "/settings/audit",
      "/welcome",
      `/sign-in?next=${encodeURIComponent(at(175))}`,
    ];
    for (const address of addresses) {
      await page.goto(address);
      await page.waitForLoadState("networkidle");
      await expectNothingRan(page);
    }
  });
});
