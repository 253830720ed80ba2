import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "./find-chromium.ts";
import { runNode } from "./run-command.ts";
import type { Stage, StageContext, StageResult } from "./stage.ts";

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
  readonly errors: readonly { readonly message?: string }[];
}

export const e2eStage: Stage = { name: "e2e", run };

async function run(context: StageContext): Promise<StageResult | null> {
  const journeys = globSync("e2e/**/*.spec.ts", { cwd: context.root });
  const { filter } = context;
  if (journeys.length === 0) return filter === null ? { passed: 0, failed: 0, skipped: 0, note: "no journeys yet" } : null;
  if (filter !== null && !journeys.some((path) => path.includes(filter))) return null;
  const chromium = await findChromium(context.root, context.say);
  if (chromium === null) {
    const note = "NO CHROMIUM: the browser journeys did not run. Install chromium, or name one in PLAYWRIGHT_CHROMIUM.";
    context.say(note);
    return { passed: 0, failed: 1, skipped: 0, note };
  }
  const report = join(context.reportDir, "e2e.json");
  const cli = join(context.root, "node_modules", "@playwright", "test", "cli.js");
  const env = { PLAYWRIGHT_CHROMIUM: chromium.path, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = [cli, "test", "--config", "e2e/playwright.config.ts", "--reporter=line,json", ...(filter === null ? [] : [filter])];
  const { ok, output } = await runNode(args, { cwd: context.root, env });
  if (!ok) context.say(output.trimEnd());
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  return {
    ...countPlaywright(JSON.parse(readFileSync(report, "utf8")) as PlaywrightReport, ok),
    note: `${chromium.source} ${chromium.path}`,
  };
}

/** A flaky journey passed in the end but not as it should: it counts as failed. */
export function countPlaywright({ stats, errors }: PlaywrightReport, ok: boolean): StageResult {
  const failed = stats.unexpected + stats.flaky + errors.length;
  return { passed: stats.expected, failed: ok ? failed : Math.max(failed, 1), skipped: stats.skipped };
}
