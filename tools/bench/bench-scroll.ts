import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { findChromium } from "../test/find-chromium.ts";

const root = join(import.meta.dirname, "..", "..");
const scrollMs = 10_000;
/** Two lines of a fast wheel in every frame. */
const pixelsPerFrame = 120;

interface Frames {
  readonly deltas: readonly number[];
  readonly rowsPassed: number;
  readonly total: number;
}

/** Scrolls the inventory of a running instance for ten seconds and says how long its frames took. */
export async function benchScroll(signInLink: string): Promise<void> {
  const found = await findChromium(root, (text) => void process.stderr.write(`${text}\n`));
  if (found === null) throw new Error("No Chromium found. Install chromium, or name one in PLAYWRIGHT_CHROMIUM.");
  const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
    await page.goto(signInLink);
    await page.waitForURL((at) => !at.pathname.startsWith("/api/"));
    await page.goto(new URL("/inventory", signInLink).href);
    await page.getByRole("grid", { name: "Identities" }).getByRole("row").nth(20).waitFor();
    await page.waitForLoadState("networkidle");
    report("idle", await frames(page, 0));
    report("scrolling", await frames(page, pixelsPerFrame));
  } finally {
    await browser.close();
  }
}

/** The time between animation frames while the grid is scrolled by the same step in each of them. */
function frames(page: Page, step: number): Promise<Frames> {
  return page.getByRole("grid", { name: "Identities" }).evaluate(
    async (grid, { pixels, durationMs }) => {
      const browserWindow = globalThis as unknown as { requestAnimationFrame(callback: (now: number) => void): number };
      const deltas: number[] = [];
      const start = performance.now();
      let last = start;
      let top = grid.scrollTop;
      while (last - start < durationMs) {
        await new Promise((resolve) => browserWindow.requestAnimationFrame(resolve));
        const now = performance.now();
        deltas.push(now - last);
        last = now;
        top += pixels;
        grid.scrollTo(0, top);
      }
      const rowHeight = grid.querySelector("[data-index]")?.getBoundingClientRect().height ?? 36;
      return { deltas: deltas.slice(1), rowsPassed: Math.round(grid.scrollTop / rowHeight), total: Number(grid.ariaRowCount ?? 0) - 1 };
    },
    { pixels: step, durationMs: scrollMs },
  );
}

function report(name: string, { deltas, rowsPassed, total }: Frames): void {
  const sorted = deltas.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  const late = deltas.filter((delta) => delta > 34).length;
  process.stdout.write(
    `${name}: ${deltas.length} frames, ms p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} max ${at(1)}; ${late} over 34 ms; ${rowsPassed} of ${total} rows passed\n`,
  );
}
