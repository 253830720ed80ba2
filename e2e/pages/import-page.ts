import { expect, type Locator, type Page } from "@playwright/test";
import { countIn } from "./inventory-page.ts";

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The form that sends files, and the report of what came of them. */
export class ImportPage {
  readonly page: Page;
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.problem = page.locator("form").getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/sources");
    await this.page.getByRole("link", { name: "Bring an export" }).click();
    await expect(this.page.getByRole("heading", { name: "Bring an export" })).toBeVisible();
  }

  async send(files: readonly Upload[], given: { readonly date?: string; readonly account?: string } = {}): Promise<void> {
    await this.page.getByLabel("Choose export files").setInputFiles([...files]);
    await expect(this.page.getByRole("list", { name: "Chosen files" }).getByRole("listitem")).toHaveCount(files.length);
    if (given.date !== undefined) await this.page.getByLabel("Date of the export").fill(given.date);
    if (given.account !== undefined) await this.page.getByLabel("Account or cluster").fill(given.account);
    await this.page.getByRole("button", { name: /^Import/ }).click();
  }

  /** Chooses a table that nobody knows; the step that asks which column is what. */
  async chooseTable(file: Upload): Promise<Locator> {
    await this.page.getByLabel("Choose export files").setInputFiles([file]);
    const step = this.page.getByRole("region", { name: "Which column is what?" });
    await expect(step).toBeVisible();
    return step;
  }

  async expectDone(): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText("The import is done", { timeout: 45_000 });
  }

  sync(name: string | RegExp): Locator {
    return this.page.locator("section").filter({ has: this.page.getByRole("heading", { level: 2, name }) });
  }

  async counts(sync: Locator): Promise<Readonly<Record<string, number>>> {
    const labels = await sync.locator("dl dt").allTextContents();
    const values = await sync.locator("dl dd").allTextContents();
    return Object.fromEntries(labels.map((label, index) => [label, countIn(values[index] ?? null)]));
  }
}
