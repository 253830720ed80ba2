import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";

export interface FoundChromium {
  readonly path: string;
  readonly source: string;
}

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A Chromium that starts: the one named by PLAYWRIGHT_CHROMIUM, one of this machine, or one of Playwright's own. Installs one when there is none. */
export async function findChromium(root: string, say: (text: string) => void): Promise<FoundChromium | null> {
  const named = process.env["PLAYWRIGHT_CHROMIUM"];
  if (named) return runs(named) ? { path: named, source: "PLAYWRIGHT_CHROMIUM" } : null;
  const local = installed.find(runs);
  if (local !== undefined) return { path: local, source: "installed" };
  const own = await playwrightChromium();
  if (own !== null && runs(own)) return { path: own, source: "Playwright's" };
  say("no Chromium found; letting Playwright install one");
  try {
    const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
    execFileSync(process.execPath, [cli, "install", "chromium"], { stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 });
  } catch (error) {
    const reason = String((error as { stderr?: Buffer }).stderr ?? (error as Error).message)
      .trim()
      .split("\n")
      .findLast((line) => line.trim() !== "");
    say(`Playwright could not install one: ${reason?.slice(0, 200)}`);
    return null;
  }
  const fresh = await playwrightChromium();
  return fresh !== null && runs(fresh) ? { path: fresh, source: "Playwright's, just installed" } : null;
}

async function playwrightChromium(): Promise<string | null> {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return path !== "" && existsSync(path) ? path : null;
}

/** Present is not enough: Ubuntu's package is a stub without snap, and a download may lack system libraries. */
function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    execFileSync(path, ["--version", "--no-sandbox"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}
