import { expect, type Locator, type Page } from "@playwright/test";

export class TasksPage {
  readonly page: Page;
  readonly task: Locator;
  readonly timeline: Locator;

  constructor(page: Page) {
    this.page = page;
    this.task = page.getByRole("region", { name: "Task" });
    this.timeline = this.task.locator("section").filter({ has: page.getByRole("heading", { name: "What happened so far" }) });
  }

  async open(query: string): Promise<void> {
    await this.page.goto(`/tasks?${query}`);
    await expect(this.task).toBeVisible();
  }

  item(id: string): Locator {
    return this.page.locator(`[data-task="${id}"]`);
  }

  action(name: string): Locator {
    return this.task.getByRole("button", { name: new RegExp(`^${name}`) });
  }

  async expectState(words: string): Promise<void> {
    await expect(this.task.locator("header p").first()).toContainText(words);
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator("[data-sonner-toast]").filter({ hasText: text });
  }
}
