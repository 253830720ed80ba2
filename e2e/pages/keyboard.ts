import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the element has the focus, as somebody without a pointer does, and sees that the focus shows. */
export async function tabTo(page: Page, target: Locator, { most = 60, back = false } = {}): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    if (!(await target.evaluate((element) => element === document.activeElement))) continue;
    expect(await target.evaluate((element) => getComputedStyle(element).outlineStyle), "the focus shows").not.toBe("none");
    return;
  }
  throw new Error(`${most} times Tab did not lead to ${target.toString()}`);
}

/** What stands on the element in focus, for messages and checks. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");
