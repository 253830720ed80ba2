import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import { findChromium } from "../test/find-chromium.ts";

const root = dirname(dirname(import.meta.dirname));
const output = join(root, "docs", "screenshots");
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The pictures of the README, taken from the demo organisation: name, page, and what must be on it before the picture is taken. */
const pictures: readonly { readonly name: string; readonly open: (page: Page, origin: string) => Promise<void> }[] = [
  { name: "posture", open: (page, origin) => goto(page, `${origin}/`) },
  { name: "inventory", open: (page, origin) => goto(page, `${origin}/inventory?lens=tier_zero`) },
  { name: "identity", open: async (page, origin) => goto(page, `${origin}/identities/${await riskiest(page, origin)}`) },
  { name: "blast-radius", open: openBlastRadius },
  { name: "choke-points", open: openChokePoints },
  { name: "tasks", open: (page, origin) => goto(page, `${origin}/tasks?queue=unassigned`) },
];

async function goto(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  // On a busy machine the network is idle before what it brought is drawn.
  await page.locator("h1").first().waitFor();
  await page.locator(".motion-breathe").first().waitFor({ state: "detached" });
}

async function riskiest(page: Page, origin: string): Promise<string> {
  const response = await page.request.get(`${origin}/api/v1/identities?limit=1&sort=score`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items[0]!.id;
}

/** With the way to what weighs most, hop by hop. */
async function openBlastRadius(page: Page, origin: string): Promise<void> {
  await goto(page, `${origin}/blast-radius?node=${await riskiest(page, origin)}`);
  await page.getByRole("region", { name: "What weighs most" }).getByRole("listitem").first().getByRole("button").click();
  await page.getByRole("region", { name: "The way there" }).locator("ol > li").first().waitFor();
  await page.waitForLoadState("networkidle");
}

async function openChokePoints(page: Page, origin: string): Promise<void> {
  await goto(page, `${origin}/choke-points`);
  await page
    .getByRole("button", { name: /^Open a task/ })
    .first()
    .waitFor();
  await page.waitForLoadState("networkidle");
}

/** `npm run screenshots`: starts a throwaway instance with the demo organisation, or uses the sign-in link given. */
async function main(given: string | undefined): Promise<void> {
  const found = await findChromium(root, say);
  if (found === null) throw new Error("No Chromium found. Install chromium, or name one in PLAYWRIGHT_CHROMIUM.");
  const instance = given === undefined ? await launch() : { signInUrl: given, stop: async () => {} };
  const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    await take(browser, instance.signInUrl);
  } finally {
    await browser.close();
    await instance.stop();
  }
}

async function take(browser: Browser, signInUrl: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  const { origin } = new URL(signInUrl);
  const first = await browser.newPage();
  await goto(first, signInUrl);
  await historyLoaded(first, origin);
  const storageState = await first.context().storageState();
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({
      storageState,
      colorScheme,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    for (const { name, open } of pictures) {
      await open(page, origin);
      await page.screenshot({ path: join(output, `${name}-${colorScheme}.png`) });
      say(`docs/screenshots/${name}-${colorScheme}.png`);
    }
    await context.close();
  }
}

const pollMillis = 2_000;
const longestPolls = 150;

/** The demo organisation is there at once and its ninety days follow: pictures are of what it comes to. */
async function historyLoaded(page: Page, origin: string): Promise<void> {
  let [last, same] = ["", 0];
  for (let poll = 0; poll < longestPolls && same < 3; poll += 1) {
    await page.waitForTimeout(pollMillis);
    const [sources, posture] = await Promise.all(
      ["sources", "posture"].map(async (name) => (await page.request.get(`${origin}/api/v1/${name}`)).text()),
    );
    const isStill = posture === last && !sources!.includes('"syncing"');
    [last, same] = [posture!, isStill ? same + 1 : 0];
  }
}

async function launch(): Promise<{ signInUrl: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-screenshots-"));
  const child = spawn(process.execPath, [join(root, "tools", "start", "main.ts"), "--demo", "--data", dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const signInUrl = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const url = /^Rollcall is ready: (\S+)$/m.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    void exited.then(() => reject(new Error(`the instance ended:\n${text}`)));
  });
  return { signInUrl, stop };
}

await main(process.argv[2]);
