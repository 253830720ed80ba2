import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "../journey.ts";

const token = (n: number): string => `journey-token-${n}-0123456789`;
let server: Server;
let base = "";
let accepted = token(1);
let holdBack = false;

/** A paged API that wants its token, and sometimes takes its time. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization !== `Bearer ${accepted}`) return void response.writeHead(401).end();
  const isFirst = !String(request.url).includes("page=2");
  if (holdBack && !isFirst) return;
  const bot = (ref: string) => ({ kind: "identity", ref, identityKind: "bot", name: ref, provider: "farm", dataset: "bots" });
  const rows = isFirst
    ? [{ source: "pulled farm", scopes: [{ dataset: "bots", outcome: "complete" }] }, bot("pulled-one")]
    : [bot("pulled-two")];
  response.writeHead(200, { "content-type": "application/json", ...(isFirst ? { link: '</bots?page=2>; rel="next"' } : {}) });
  response.end(JSON.stringify(rows));
}

test.use({ expectedOnConsole: /status of 400.*sources\.pulls\.create/ });
test.beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("an address is connected, read, given another credential, stopped and removed; its credential is never shown", async ({
  page,
  api,
}) => {
  const name = `farm ${Date.now()}`;
  await page.goto("/sources");
  await page.getByRole("link", { name: "Pull from an address" }).click();
  await expect(page.getByText("What the credential must be allowed to do")).toBeVisible();
  await page.getByLabel("Address").fill(`${base}/bots?access_token=${token(9)}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Token").fill(token(1));
  await page.getByRole("button", { name: "Connect and read now" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "access_token" })).toContainText("Enter it as the credential");
  await page.getByLabel("Address").fill(`${base}/bots`);
  await page.getByRole("button", { name: "Connect and read now" }).click();

  await page.waitForURL("**/sources");
  const item = page
    .getByRole("listitem")
    .filter({ hasText: name })
    .filter({ has: page.getByRole("button", { name: "Remove" }) });
  await expect(item).toContainText("Read completely, 2 pages", { timeout: 30_000 });
  await expect(item).toContainText(/Bearer token, set .* by .*, fingerprint [0-9a-f]{8}/);
  expect(await page.content()).not.toContain(token(1));
  await item.getByRole("link", { name: "What it brought" }).click();
  await expect(page.getByText("pulled farm")).toBeVisible();
  await expect
    .poll(
      async () =>
        (await api.identities.list.query({ filter: { search: "pulled-" }, sort: "name", direction: "asc", limit: 5 })).items.map(
          (one) => one.name,
        ),
      { timeout: 30_000 },
    )
    .toEqual(["pulled-one", "pulled-two"]);

  accepted = token(2);
  await page.goto("/sources");
  await item.getByRole("button", { name: "Pull now" }).click();
  await expect(item).toContainText("Not read: The credential is not accepted (401)", { timeout: 30_000 });
  await item.getByRole("button", { name: "Replace credential" }).click();
  await page.getByRole("dialog").getByLabel("Token").fill(token(2));
  await page.getByRole("dialog").getByRole("button", { name: "Set" }).click();
  await expect(item).toContainText("never shown yet");

  holdBack = true;
  await item.getByRole("button", { name: "Pull now" }).click();
  await expect(item).toContainText("1 page and", { timeout: 30_000 });
  await item.getByRole("button", { name: "Stop" }).click();
  await expect(item).toContainText("Stopped before its end", { timeout: 30_000 });
  holdBack = false;

  // What Rollcall itself holds stands in its own inventory.
  await expect
    .poll(
      async () =>
        (await api.identities.list.query({ filter: { provider: ["rollcall"], search: name }, sort: "name", direction: "asc", limit: 5 }))
          .items.length,
      { timeout: 30_000 },
    )
    .toBe(1);
  await item.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(item).toHaveCount(0);
});
