import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const root = join(import.meta.dirname, "..");
const output = join(root, "test-results", "e2e");

/** Journeys run against a real instance with the demo organisation, started by `start-instance.ts`, in a real Chromium, signed in as admin. */
export default defineConfig({
  testDir: join(import.meta.dirname, "journeys"),
  outputDir: output,
  globalSetup: join(import.meta.dirname, "start-instance.ts"),
  // The journeys share one inventory: one at a time. Beside them every view is checked for accessibility, which changes and counts nothing.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // What removes the demo organisation comes after everything that reads it.
  projects: [
    { name: "accessibility", testMatch: "a11y.spec.ts", workers: 1 },
    { name: "journeys", testIgnore: ["a11y.spec.ts", "demo.spec.ts", "markup.spec.ts"], workers: 1 },
    { name: "farewell", testMatch: "demo.spec.ts", dependencies: ["accessibility", "journeys"] },
    // Brings an inventory of its own that nothing else should have to count with.
    { name: "markup", testMatch: "markup.spec.ts", dependencies: ["farewell"] },
  ],
  use: {
    baseURL: process.env["ROLLCALL_E2E_URL"],
    storageState: join(output, "..", "e2e-admin.json"),
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    // Recording takes as long as the journey itself; asked for when the picture of a failure and its message do not say enough.
    trace: process.env["ROLLCALL_E2E_TRACE"] ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env["PLAYWRIGHT_CHROMIUM"] ? { executablePath: process.env["PLAYWRIGHT_CHROMIUM"] } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
