import type { BrowserContext, Page } from "@playwright/test";

/** Opens an invitation as somebody without a session. */
export async function join(context: BrowserContext, url: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Join" }).click();
  await page.waitForURL((at) => !at.pathname.startsWith("/api/"));
  return page;
}
