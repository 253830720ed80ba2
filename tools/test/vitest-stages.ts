import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { locateRedis } from "@rollcall/platform";
import { runNode } from "./run-command.ts";
import type { Stage, StageContext, StageResult } from "./stage.ts";

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export const vitestStages: readonly Stage[] = [
  { name: "unit", run: (context) => runProject(context, "unit") },
  { name: "pg", run: (context) => runProject(context, "pg") },
  { name: "redis", run: runRedis },
];

async function runRedis(context: StageContext): Promise<StageResult | null> {
  if (locateRedis() !== null) return runProject(context, "redis");
  if (context.filter !== null) return null;
  const note = "no redis-server found; install one (apt-get install redis-server) to run these";
  return context.isCi ? { passed: 0, failed: 1, skipped: 0, note } : { passed: 0, failed: 0, skipped: 1, note };
}

async function runProject(context: StageContext, project: string): Promise<StageResult | null> {
  const report = join(context.reportDir, `${project}.json`);
  const args = [
    join(context.root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--project",
    project,
    // By itself it leaves one processor idle. Pure tests share nothing, and each file over PostgreSQL has a database of its own.
    ...(project === "redis" ? [] : ["--maxWorkers=100%"]),
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    "--silent=passed-only",
    ...(context.filter === null ? [] : [context.filter]),
  ];
  const { ok, output } = await runNode(args, { cwd: context.root, env: { FORCE_COLOR: process.stdout.isTTY ? "1" : "0" } });
  if (!ok) context.say(output.trimEnd());
  if (!existsSync(report))
    return ok
      ? context.filter === null
        ? { passed: 0, failed: 0, skipped: 0, note: "no tests yet" }
        : null
      : { passed: 0, failed: 1, skipped: 0 };
  return countVitest(JSON.parse(readFileSync(report, "utf8")) as VitestReport, ok);
}

/** A file that fails to load holds no tests but is a failure; so is a run that ends badly after its tests passed. */
export function countVitest(report: VitestReport, ok: boolean): StageResult {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: ok ? failed : Math.max(failed, 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
