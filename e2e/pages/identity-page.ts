import { expect, type Locator, type Page } from "@playwright/test";

export class IdentityPage {
  readonly page: Page;
  readonly header: Locator;

  constructor(page: Page) {
    this.page = page;
    this.header = page.locator("article > header");
  }

  async open(id: string, tab = "overview"): Promise<void> {
    await this.page.goto(`/identities/${id}?tab=${tab}`);
    await expect(this.header.getByRole("heading", { level: 1 })).toBeVisible();
  }

  async tab(name: string | RegExp): Promise<Locator> {
    await this.page.getByRole("tab", { name }).click();
    return this.panel();
  }

  panel(): Locator {
    return this.page.getByRole("tabpanel");
  }

  section(title: string | RegExp): Locator {
    return this.panel()
      .locator("section")
      .filter({ has: this.page.getByRole("heading", { level: 2, name: title }) });
  }

  headerValue(label: string): Locator {
    return this.header
      .locator("dl > div")
      .filter({ has: this.page.locator("dt", { hasText: label }) })
      .locator("dd");
  }
}
