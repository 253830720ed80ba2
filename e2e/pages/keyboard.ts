import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the element has the focus, as somebody without a pointer does, and sees that the focus shows. */
export async function tabTo(page: Page, target: Locator, { most = 60, back = false } = {}): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    if (!(await target.evaluate((element) => element === element.ownerDocument.activeElement))) continue;
    expect(
      await target.evaluate((element) => element.ownerDocument.defaultView!.getComputedStyle(element).outlineStyle),
      "the focus shows",
    ).not.toBe("none");
    return;
  }
  throw new Error(`${most} times Tab did not lead to ${target.toString()}`);
}
