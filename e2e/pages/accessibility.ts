import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const wide = { width: 1440, height: 900 };
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const phone = { width: 390, height: 844 };

/**
 * A page as it has settled, in light and dark, wide and on a phone: no serious or critical issue, nothing beyond the width of the phone,
 * nothing that moves. In the dark only the colours differ, on a phone everything else.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  expect(await page.locator("html").evaluate((html) => html.getAnimations({ subtree: true }).length), "animations").toBe(0);
  expect(await issues(axe(page).withTags(rules)), "light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await issues(axe(page).withRules("color-contrast")), "dark").toEqual([]);
  await page.setViewportSize(phone);
  await settled(page);
  expect(await issues(axe(page).withTags(rules).disableRules("color-contrast")), "on a phone").toEqual([]);
  expect(await page.locator("html").evaluate((html) => html.scrollWidth), "width on a phone").toBeLessThanOrEqual(phone.width);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(wide);
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1").first()).toBeAttached();
  await expect(page.locator(".motion-breathe")).toHaveCount(0);
}

/**
 * Without frames nothing has to be put together in a page of its own, which takes longer than the check; and of what passes, one example is
 * enough.
 */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
}

async function issues(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ target, html }) => `${target.join(" ")} ${html.slice(0, 160)}`)
          .join(" | ")}`,
    );
}
