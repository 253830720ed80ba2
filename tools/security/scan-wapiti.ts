import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Canary } from "./canary.ts";
import { inLanes } from "./in-lanes.ts";
import { runScanner, type ScannerRun } from "./run-scanner.ts";
import { targetHeader, type SpreadProxy } from "./spread-proxy.ts";
import { moduleRuns } from "./wapiti-modules.ts";
import { readWapitiReport, type WapitiFinding } from "./wapiti-report.ts";

export interface WapitiJob {
  readonly proxy: SpreadProxy;
  /** Where it begins: it finds pages by links, and neither the links of scripts nor the addresses of an API. */
  readonly urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly canary: Canary;
  readonly atOnce: number;
  readonly endsAt: number;
  /** What the scanner has, unless some are named. */
  readonly modules?: readonly string[];
  say(text: string): void;
}
export interface WapitiResult {
  readonly requests: number;
  /** Addresses and forms that were attacked. */
  readonly attacked: number;
  readonly modules: number;
  readonly findings: readonly WapitiFinding[];
  /** Why the result is not to be relied on, besides what was found. */
  readonly problems: readonly string[];
}

const tallyName = (step: string): string => `wapiti ${step}`;

/** Looks for pages once; every module then attacks what was found in a process of its own, and ends by itself or is named. */
export async function scanWithWapiti(job: WapitiJob): Promise<WapitiResult> {
  const crawlFolder = join(job.folder, "crawl");
  const starts = job.urls.flatMap((url) => ["-s", url]);
  const crawled = await runWapiti(job, "crawl", ["-m", "", "--flush-session", ...starts]);
  const attacked = Number(/Wapiti found (\d+) URLs/.exec(crawled.output)?.[1] ?? 0);
  const problems = [
    ...(crawled.timedOut ? ["the search for pages did not end: the time was over"] : []),
    // What a start address does not answer would silently not be attacked.
    ...(attacked < job.urls.length ? [`not examined: ${attacked} addresses and forms found, from ${job.urls.length}`] : []),
  ];
  job.say(`  pages: ${attacked} addresses and forms, ${job.proxy.tally(tallyName("crawl")).requests} requests`);
  const listed = await runScanner({ command: "wapiti", args: ["--list-modules"], cwd: crawlFolder, limitMs: 60_000 });
  const runs = job.modules ?? moduleRuns(listed.output);
  const findings: WapitiFinding[] = [];
  await inLanes(runs, job.atOnce, async (modules) => {
    const startedAt = Date.now();
    cpSync(join(crawlFolder, "session"), join(job.folder, modules, "session"), { recursive: true });
    const run = await runWapiti(job, modules, ["-m", modules, "--skip-crawl"]);
    const report = join(job.folder, modules, "report.json");
    const found = existsSync(report) ? readWapitiReport(readFileSync(report, "utf8")) : [];
    findings.push(...found);
    problems.push(...problemsOfModule(modules, run, existsSync(report)));
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    job.say(`  ${modules}: ${job.proxy.tally(tallyName(modules)).requests} requests, ${seconds} s, ${found.length} remarks`);
  });
  const tallies = ["crawl", ...runs].map((step) => job.proxy.tally(tallyName(step)));
  const requests = tallies.reduce((sum, tally) => sum + tally.requests, 0);
  const answered = (status: number): number => tallies.reduce((sum, { statuses }) => sum + (statuses.get(status) ?? 0), 0);
  const blocked = answered(429);
  const busy = answered(503);
  return {
    requests,
    attacked,
    modules: runs.join().split(",").length,
    findings,
    problems: [
      ...problems,
      ...(runs.length === 0 ? ["not examined: wapiti lists no modules"] : []),
      ...(blocked * 10 > requests ? [`not examined: ${blocked} of ${requests} requests were held back by the limit`] : []),
      ...(busy * 100 > requests ? [`not examined: ${busy} x 503 of ${requests} requests`] : []),
      ...tallies.flatMap(({ failures }) => failures.map((failure) => `failed: ${failure}`)),
      ...job.canary.hits.map((hit) => `the instance called an address that a request named: ${hit}`),
    ],
  };
}

/** A module that is said to have run has: it ended by itself, wrote its report, and none of its steps failed in the scanner. */
export function problemsOfModule(modules: string, { output, timedOut }: ScannerRun, hasReport: boolean): readonly string[] {
  const skipped = /\[!\] (Missing dependencies.*|Could not find module.*|Unable to find a module.*)/.exec(output)?.[1];
  // An exception in a module ends it as if it had come to its end.
  const broken = /^ {2}File ".*wapitiCore.*$/m.test(output)
    ? (/^\w+(?:Error|Exception|Iteration)\b.*$/m.exec(output)?.[0] ?? "an exception")
    : undefined;
  return [
    ...(timedOut ? [`module ${modules} was not finished: the time was over`] : []),
    ...(hasReport ? [] : [`module ${modules} left no report: ${output.trimEnd().split("\n").at(-1) ?? "no output"}`]),
    ...(skipped === undefined ? [] : [`module ${modules}: ${skipped}`]),
    ...(broken === undefined ? [] : [`module ${modules} failed by itself: ${broken}`]),
  ];
}

async function runWapiti(job: WapitiJob, step: string, own: readonly string[]): Promise<ScannerRun> {
  const folder = join(job.folder, step);
  mkdirSync(folder, { recursive: true });
  const headers = Object.entries({ ...job.headers, [targetHeader]: tallyName(step) });
  const args = [
    "-u",
    `http://127.0.0.1:${job.proxy.port}/`,
    "--scope",
    "domain",
    ...own,
    "-l",
    "1",
    "--store-session",
    join(folder, "session"),
    "--store-config",
    join(job.folder, "config"),
    "--endpoint",
    job.canary.url,
    "-t",
    "20",
    "-v",
    "1",
    "--no-bugreport",
    "-f",
    "json",
    "-o",
    join(folder, "report.json"),
    ...headers.flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
  ];
  const limitMs = Math.max(1000, job.endsAt - Date.now());
  // Asked to end, it asks back whether to write its report.
  const run = await runScanner({ command: "wapiti", args, cwd: folder, limitMs, farewell: "r\n" });
  writeFileSync(join(folder, "output.txt"), run.output);
  return run;
}
