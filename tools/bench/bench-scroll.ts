import { join } from "node:path";
import { chromium, type Locator } from "@playwright/test";
import { findChromium } from "../test/find-chromium.ts";

const root = join(import.meta.dirname, "..", "..");
const scrollMs = 10_000;
/** Two lines of a fast wheel in every frame. */
const pixelsPerFrame = 120;
const writtenOut = "rows-written-out";

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
    const grid = page.getByRole("grid", { name: "Identities" });
    report("idle", await frames(grid, 0));
    await writeOut(grid);
    const still = await frames(page.locator(`#${writtenOut}`), pixelsPerFrame);
    report("scrolling the same rows written out, without a script (baseline)", still);
    await page.locator(`#${writtenOut}`).evaluate((copy) => copy.remove());
    const ours = await frames(grid, pixelsPerFrame);
    report("scrolling the inventory", ours);
    const times = (share: number): string => (at(ours, share) / at(still, share)).toFixed(2);
    process.stdout.write(`the inventory against the baseline: p50 ${times(0.5)} x, p95 ${times(0.95)} x, p99 ${times(0.99)} x\n`);
  } finally {
    await browser.close();
  }
}

/**
 * Lays a list over the grid that looks like it: the rows that show, over and over, as a plain document. What scrolling that takes is what
 * the browser needs for painting on this machine.
 */
function writeOut(grid: Locator): Promise<void> {
  return grid.evaluate(
    (shown, { id, height }) => {
      const { document, getComputedStyle } = globalThis as unknown as {
        document: { body: { append(node: typeof shown): void } };
        getComputedStyle(node: typeof shown): { backgroundColor: string };
      };
      const copy = shown.cloneNode(false) as typeof shown;
      const { top, left, width, height: visible } = shown.getBoundingClientRect();
      copy.id = id;
      copy.removeAttribute("aria-label");
      copy.setAttribute(
        "style",
        `position:fixed;top:${top}px;left:${left}px;width:${width}px;height:${visible}px;overflow-y:auto;z-index:99;background:${getComputedStyle(shown).backgroundColor}`,
      );
      const rows = [...shown.querySelectorAll("[data-index]")];
      const rowHeight = rows[0]?.getBoundingClientRect().height ?? 36;
      for (let at = 0; at * rowHeight < height + visible; at += 1) {
        const row = rows[at % rows.length]!.cloneNode(true) as typeof shown;
        row.setAttribute("style", `${row.getAttribute("style") ?? ""};position:static;transform:none;top:auto`);
        copy.append(row);
      }
      document.body.append(copy);
    },
    { id: writtenOut, height: (scrollMs / 1_000) * 60 * pixelsPerFrame },
  );
}

/** The time between animation frames while the list is scrolled by the same step in each of them. */
function frames(list: Locator, step: number): Promise<Frames> {
  return list.evaluate(
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

const at = ({ deltas }: Frames, share: number): number => {
  const sorted = deltas.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

function report(name: string, frames: Frames): void {
  const { deltas, rowsPassed, total } = frames;
  const late = deltas.filter((delta) => delta > 34).length;
  const [p50, p95, p99, max] = [0.5, 0.95, 0.99, 1].map((share) => at(frames, share).toFixed(1));
  const passed = total > 0 ? `; ${rowsPassed} of ${total} rows passed` : "";
  process.stdout.write(`${name}: ${deltas.length} frames, ms p50 ${p50} p95 ${p95} p99 ${p99} max ${max}; ${late} over 34 ms${passed}\n`);
}
