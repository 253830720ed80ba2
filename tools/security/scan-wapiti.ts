import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Canary } from "./canary.ts";
import { runScanner } from "./run-scanner.ts";
import { targetHeader, type SpreadProxy } from "./spread-proxy.ts";
import { readWapitiReport, type WapitiFinding } from "./wapiti-report.ts";

export interface WapitiJob {
  readonly proxy: SpreadProxy;
  /** Where it begins: it finds pages by links, and neither the links of scripts nor the addresses of an API. */
  readonly urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly canary: Canary;
  readonly limitMs: number;
}
export interface WapitiResult {
  readonly requests: number;
  readonly findings: readonly WapitiFinding[];
  /** Why the result is not to be relied on, besides what was found. */
  readonly problems: readonly string[];
  /** Modules that ran into the limit of a single one. */
  readonly cutShort: readonly string[];
}

export const wapitiTarget = "wapiti";
/** Of the time in all: the search for pages ends in time for the attacks, and no single module takes everything. */
const crawlShare = 0.2;
const moduleShare = 0.15;

export function wapitiArguments(
  job: Omit<WapitiJob, "canary" | "proxy"> & { readonly base: string; readonly endpoint: string },
): readonly string[] {
  const seconds = (share: number): string => String(Math.round((job.limitMs * share) / 1000));
  return [
    "-u",
    job.base,
    "--scope",
    "domain",
    ...job.urls.flatMap((url) => ["-s", url]),
    "-m",
    "all",
    "-l",
    "1",
    "--flush-session",
    "--store-session",
    join(job.folder, "session"),
    "--store-config",
    join(job.folder, "config"),
    "--endpoint",
    job.endpoint,
    "--max-scan-time",
    seconds(crawlShare),
    "--max-attack-time",
    seconds(moduleShare),
    "-t",
    "20",
    "-v",
    "1",
    "--no-bugreport",
    "-f",
    "json",
    "-o",
    join(job.folder, "report.json"),
    ...Object.entries({ ...job.headers, [targetHeader]: wapitiTarget }).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
  ];
}

export async function scanWithWapiti(job: WapitiJob): Promise<WapitiResult> {
  mkdirSync(job.folder, { recursive: true });
  const report = join(job.folder, "report.json");
  const args = wapitiArguments({ ...job, base: `http://127.0.0.1:${job.proxy.port}/`, endpoint: job.canary.url });
  const run = await runScanner({ command: "wapiti", args, cwd: job.folder, limitMs: job.limitMs, farewell: "r\n" });
  writeFileSync(join(job.folder, "output.txt"), run.output);
  const tally = job.proxy.tally(wapitiTarget);
  const blocked = tally.statuses.get(429) ?? 0;
  const problems = [
    ...(run.timedOut ? ["not examined to the end: the time was over"] : []),
    ...(existsSync(report) ? [] : [`no report: ${run.output.trimEnd().split("\n").at(-1) ?? "no output"}`]),
    ...(tally.requests === 0 ? ["not examined: no request was sent"] : []),
    ...(blocked * 10 > tally.requests ? [`not examined: ${blocked} of ${tally.requests} requests were held back by the limit`] : []),
    ...tally.failures.map((failure) => `failed: ${failure}`),
    ...job.canary.hits.map((hit) => `the instance called an address that a request named: ${hit}`),
  ];
  const cutShort = [...run.output.matchAll(/Max attack time was reached for module (\w+)/g)].map(([, module]) => module!);
  return {
    cutShort,
    requests: tally.requests,
    findings: existsSync(report) ? readWapitiReport(readFileSync(report, "utf8")) : [],
    problems,
  };
}
