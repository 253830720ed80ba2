import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import type { AppRouter } from "@rollcall/api-router";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";

interface JourneyFixtures {
  /** What a browser says about an answer that the journey provokes, such as a 404. Everything else on the console fails the journey. */
  readonly expectedOnConsole: RegExp | null;
  /** The API as the signed-in person, to compare what a page shows with what it should. */
  readonly api: TRPCClient<AppRouter>;
}

export const test = base.extend<JourneyFixtures>({
  expectedOnConsole: [null, { option: true }],
  api: async ({ context }, use) => use(apiOf(context)),
  page: async ({ page, expectedOnConsole }, use) => {
    const said = listen(page);
    await use(page);
    expect(said.filter((line) => !expectedOnConsole?.test(line))).toEqual([]);
  },
});
export { expect } from "@playwright/test";

/** Errors and warnings of the console (a broken content security policy is one), uncaught errors, dialogs. */
export function listen(page: Page): readonly string[] {
  const said: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    said.push(`${message.type()}: ${message.text()} (${message.location().url} on ${page.url()})`);
  });
  page.on("pageerror", (error) => said.push(`uncaught: ${error.message} (${page.url()})`));
  page.on("dialog", (dialog) => {
    said.push(`dialog: ${dialog.message()} (${page.url()})`);
    void dialog.dismiss();
  });
  return said;
}

/** A client with the cookies of a browser context. */
export function apiOf(context: BrowserContext): TRPCClient<AppRouter> {
  const origin = instanceUrl();
  const headers = async () => ({
    origin,
    cookie: (await context.cookies(origin)).map(({ name, value }) => `${name}=${value}`).join("; "),
  });
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/trpc`, headers })] });
}

export function instanceUrl(): string {
  const url = process.env["ROLLCALL_E2E_URL"];
  if (url === undefined) throw new Error("ROLLCALL_E2E_URL is set by start-instance.ts");
  return url;
}

export function dataDir(): string {
  const dir = process.env["ROLLCALL_DATA_DIR"];
  if (dir === undefined) throw new Error("ROLLCALL_DATA_DIR has to name the data folder of the instance in ROLLCALL_E2E_SIGN_IN");
  return dir;
}
