import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type FullConfig } from "@playwright/test";
import { apiOf } from "./journey.ts";

const root = dirname(import.meta.dirname);
const startLimitMs = 300_000;

/**
 * Starts an instance with the demo organisation in a temporary folder, as `npm start -- --demo` does, and signs the admin in. Journeys find
 * the origin in ROLLCALL_E2E_URL and the data folder, for the command line, in ROLLCALL_DATA_DIR. With ROLLCALL_E2E_SIGN_IN set, that
 * running instance is used instead: a link signs in, its address alone goes on with the session of the run before.
 */
export default async function startInstance(config: FullConfig): Promise<() => Promise<void>> {
  const given = process.env["ROLLCALL_E2E_SIGN_IN"];
  const instance = given === undefined ? await launch() : { signInUrl: given, stop: async () => {} };
  try {
    process.env["ROLLCALL_E2E_URL"] = new URL(instance.signInUrl).origin;
    if (new URL(instance.signInUrl).pathname !== "/") await signIn(config, instance.signInUrl);
    await settled(config);
    return instance.stop;
  } catch (error) {
    await instance.stop();
    throw error;
  }
}

async function launch(): Promise<{ signInUrl: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-e2e-"));
  process.env["ROLLCALL_DATA_DIR"] = dataDir;
  const args = ["--disable-warning=ExperimentalWarning", join(root, "tools", "start", "main.ts"), "--demo", "--data", dataDir];
  // Sources of journeys stand on this machine, which only the operator may allow.
  const env = { ...process.env, ROLLCALL_PRIVATE_HOSTS: "127.0.0.1" };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  let output = "";
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const url = /^Rollcall is ready: (\S+)$/m.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    setTimeout(() => reject(new Error(`the instance was not ready in time:\n${output}`)), startLimitMs).unref();
    void exited.then(() => reject(new Error(`the instance ended:\n${output}`)));
  });
  try {
    return { signInUrl: await ready, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Rollcall's own keys are read after the demo organisation, and the analysis of both moves figures that journeys compare: they begin when nothing
 * is being read any more and Rollcall itself has been.
 */
async function settled(config: FullConfig): Promise<void> {
  const { launchOptions, storageState } = config.projects[0]!.use;
  const browser = await chromium.launch(launchOptions);
  try {
    const api = apiOf(await browser.newContext({ storageState: storageState as string }));
    const deadline = Date.now() + startLimitMs;
    for (;;) {
      const sources = await api.sources.list.query();
      const hasOwn = sources.some(({ origin }) => origin === "self");
      if (hasOwn && sources.every(({ state }) => state !== "syncing")) return;
      if (Date.now() > deadline) throw new Error("sources are still being read");
      await pause(1_000);
    }
  } finally {
    await browser.close();
  }
}

async function signIn(config: FullConfig, url: string): Promise<void> {
  const { launchOptions, storageState } = config.projects[0]!.use;
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForURL((at) => !at.pathname.startsWith("/api/"));
    if (new URL(page.url()).pathname.startsWith("/sign-in")) throw new Error(`the sign-in link was refused: ${page.url()}`);
    await page.context().storageState({ path: storageState as string });
  } finally {
    await browser.close();
  }
}
