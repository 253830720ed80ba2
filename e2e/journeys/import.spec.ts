import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { zipSync } from "fflate";
import { allRows } from "@rollcall/persistence/testing";
import { dataDir, expect, test } from "../journey.ts";
import { databaseUrl, filesWith } from "../pages/data-folder.ts";
import { ImportPage, type Upload } from "../pages/import-page.ts";

const root = join(import.meta.dirname, "..", "..");
const fixtures = join(root, "e2e", "fixtures");
const names = ["aws-authorization-details.json", "aws-credential-report.csv", "cluster.yaml"];
const files: Upload[] = names.map((name) => ({ name, mimeType: "application/octet-stream", buffer: readFileSync(join(fixtures, name)) }));
const archive: Upload = {
  name: "export.zip",
  mimeType: "application/zip",
  buffer: Buffer.from(zipSync(Object.fromEntries(files.map(({ name, buffer }) => [name, new Uint8Array(buffer)])))),
};
const given = { date: "2026-11-20", account: "e2e-cluster" };

function rollcall(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, ROLLCALL_DATA_DIR: dataDir(), ROLLCALL_URL: "", ROLLCALL_TOKEN: "" };
  return new Promise((resolve) => {
    const options = { env, maxBuffer: 64 * 1024 * 1024, timeout: 60_000 };
    execFile(process.execPath, [join(root, "rollcall"), ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr }),
    );
  });
}

test("files of an account and a cluster come in with their own totals; the same as a zip changes nothing", async ({ page, api }) => {
  const form = new ImportPage(page);
  await form.open();
  await form.send(files, given);
  await expect(page).toHaveURL(/\/sources\/imports\//);
  await expect(page.getByRole("progressbar").first()).toBeVisible();
  await form.expectDone();

  const aws = form.sync(/210987654321/);
  await expect(aws).toContainText("the date you gave");
  for (const total of ["2 users", "1 role,", "1 group,"]) await expect(aws).toContainText(total);
  const cluster = form.sync(/e2e-cluster/);
  await expect(cluster).toContainText(/2 Secrets?\b/);
  for (const sync of [aws, cluster]) {
    const counts = await form.counts(sync);
    expect(counts["New"]).toBeGreaterThan(3);
    expect(counts).toMatchObject({ Changed: 0, Removed: 0 });
  }

  const found = await api.identities.list.query({ filter: { account: ["210987654321"] }, sort: "name", direction: "asc", limit: 50 });
  expect(found.items.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["e2e-invoice-uploader", "e2e-ledger-writer", "e2e-report-export"]),
  );

  await form.open();
  await form.send([archive], given);
  await form.expectDone();
  for (const sync of [aws, cluster])
    expect(await form.counts(sync)).toMatchObject({ New: 0, Changed: 0, Removed: 0, "Not listed any more": 0 });
  await page.getByRole("link", { name: "Sources", exact: true }).first().click();
  await expect(page.getByRole("link", { name: /export\.zip/ }).first()).toBeVisible();
});

test("the command line imports and exports the same", async ({ api }) => {
  const imported = await rollcall(
    "import",
    ...names.slice(0, 2).map((name) => join(fixtures, name)),
    "--as-of",
    "2026-11-20T23:59:59Z",
    "--wait",
    "--json",
  );
  expect(imported.stderr + imported.stdout).not.toContain("refused");
  expect(imported.code).toBe(0);
  const { status, syncs } = JSON.parse(imported.stdout) as {
    status: string;
    syncs: { counts: { added: number; changed: number; removed: number } }[];
  };
  expect({ status, counts: syncs[0]!.counts }).toMatchObject({ status: "completed", counts: { added: 0, changed: 0, removed: 0 } });

  const exported = await rollcall("export", "identities", "--format", "csv");
  expect(exported.code).toBe(0);
  const rows = parse(exported.stdout, { columns: true }) as { name: string }[];
  const { total } = await api.identities.list.query({ filter: {}, sort: "name", direction: "asc", limit: 1 });
  expect(rows).toHaveLength(total.count);
  expect(rows.map(({ name }) => name)).toContain("e2e-ledger-writer");
});

test.describe("files that are no export", () => {
  test.use({ expectedOnConsole: /status of 4(15|22|00)/ });

  test("are refused in words, on the page and on the command line", async ({ page }) => {
    const form = new ImportPage(page);
    await form.open();
    await form.send([{ name: "holiday.json", mimeType: "application/json", buffer: Buffer.from('{"beach": true}') }]);
    await expect(form.problem).toContainText(/holiday\.json|none of the files/i);
    await expect(page).toHaveURL(/\/sources\/add$/);

    const folder = mkdtempSync(join(tmpdir(), "rollcall-e2e-file-"));
    try {
      writeFileSync(join(folder, "note.txt"), "milk, bread");
      const refused = await rollcall("import", join(folder, "note.txt"), "--wait");
      expect(refused).toMatchObject({ code: 3, stdout: "" });
      expect(refused.stderr).toMatch(/^rollcall: refused: Nothing in note\.txt is recognised/m);
      writeFileSync(join(folder, "cut.json"), '{"UserDetailList": [');
      const cut = await rollcall("import", join(folder, "cut.json"), "--wait");
      expect(cut.stdout + cut.stderr).toContain("it may be cut off. Export it again.");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Every secret value in the fixtures starts like this, in the clear or as base64. */
const canary = /CNRY7e2e\w+|Q05SWTdlMm\w+/;

test("no secret value of an import is anywhere: answers, exports, database, logs", async ({ page, request, api }) => {
  for (const { buffer } of [files[0]!, files[2]!]) expect(buffer.toString("utf8")).toMatch(canary);

  for (const noun of ["identities", "credentials", "findings", "tasks"]) {
    const csv = await (await request.get(`/api/v1/${noun}?format=csv`)).text();
    expect(csv.split("\r\n").length).toBeGreaterThan(2);
    expect(csv).not.toMatch(canary);
  }
  const search = { filter: { search: "e2e-" }, sort: "name", direction: "asc", limit: 50 } as const;
  const { items } = await api.identities.list.query(search);
  expect(items.length).toBeGreaterThan(3);
  for (const { id } of items) {
    const answers = [
      api.identities.get.query({ id }),
      api.graph.radius.query({ node: id }),
      api.identities.history.query({ id, limit: 100 }),
    ];
    expect(JSON.stringify(await Promise.all(answers))).not.toMatch(canary);
  }
  expect(JSON.stringify(await api.ingestions.list.query({ limit: 20 }))).not.toMatch(canary);
  await page.goto(`/identities/${items[0]!.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(items[0]!.name);
  expect(await page.content()).not.toMatch(canary);

  // The rows show what is compressed in the files; the files show what no table lists: logs, the write-ahead log, what was deleted.
  const tables = new Set<string>();
  for await (const { table, text } of allRows(databaseUrl(dataDir()))) {
    if (text.includes("e2e-ledger-writer")) tables.add(table);
    if (canary.test(text)) throw new Error(`${table} holds a secret value`);
  }
  expect(tables.size).toBeGreaterThan(2);
  expect(filesWith(dataDir(), ["e2e-ledger-writer"]).length).toBeGreaterThan(0);
  expect(filesWith(dataDir(), ["CNRY7e2e", "Q05SWTdlMm"])).toEqual([]);
});
