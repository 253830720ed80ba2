import { expect, type Locator, type Page } from "@playwright/test";

export class InventoryPage {
  readonly page: Page;
  readonly grid: Locator;
  readonly search: Locator;
  readonly count: Locator;
  readonly drawer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole("grid", { name: "Identities" });
    this.search = page.getByRole("searchbox", { name: "Search by name or identifier" });
    this.count = page.locator("main").getByText(/^(more than )?[\d,]+ (identity|identities)$/);
    this.drawer = page.getByRole("dialog", { name: "Identity" });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/inventory${query}`);
    await expect(this.grid).toBeVisible();
  }

  /** The total that the page shows; the grid says the same to assistive technology. */
  async total(): Promise<number> {
    return countIn(await this.count.textContent());
  }

  async expectTotal(total: number): Promise<void> {
    await expect(this.count).toHaveText(`${total.toLocaleString("en")} ${total === 1 ? "identity" : "identities"}`);
    await expect(this.grid).toHaveAttribute("aria-rowcount", String(total + 1));
  }

  row(index: number): Locator {
    return this.grid.locator(`[data-index="${index}"]`);
  }

  nameOf(index: number): Locator {
    return this.row(index).getByRole("link").first();
  }

  facet(group: string, label: string): Locator {
    return this.page.getByRole("group", { name: group }).locator("label").filter({ hasText: label });
  }

  async scrollTo(fraction: number): Promise<void> {
    await this.grid.evaluate((grid, share) => grid.scrollTo({ top: grid.scrollHeight * share }), fraction);
  }
}

/** The first number of a text: `1,501 identities` gives 1501. */
export function countIn(text: string | null): number {
  const digits = /[\d,]+/.exec(text ?? "")?.[0];
  if (digits === undefined) throw new Error(`no number in "${text}"`);
  return Number(digits.replaceAll(",", ""));
}
