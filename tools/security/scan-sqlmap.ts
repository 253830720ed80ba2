import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inLanes } from "./in-lanes.ts";
import { runScanner } from "./run-scanner.ts";
import { placesOf, type ScanTarget } from "./scan-targets.ts";
import { targetHeader, type SpreadProxy, type Tally } from "./spread-proxy.ts";
import { readSqlmapOutput } from "./sqlmap-report.ts";

export interface SqlmapJob {
  readonly proxy: SpreadProxy;
  readonly targets: readonly ScanTarget[];
  readonly headers: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly atOnce: number;
  readonly limitMsPerTarget: number;
  readonly endsAt: number;
  say(text: string): void;
}
export interface TargetResult {
  readonly target: ScanTarget;
  readonly requests: number;
  /** In words; empty when the place was examined and nothing was found. */
  readonly findings: readonly string[];
}

/** The request as it goes over the wire, which is what sqlmap reads with `-r`. */
export function requestText(target: ScanTarget, host: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ host, ...headers, ...target.headers }).map(([name, value]) => `${name}: ${value}`);
  return `${target.method} ${target.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${target.body ?? ""}`;
}

/**
 * Names the dialect, because there is one only; everything else as the levels of sqlmap have it. What is not asked for would be examined once more
 * with every place of an operation: the fields of a body beside a path segment, and a segment that nothing routes.
 */
export const sqlmapArguments = (requestFile: string, outputFolder: string, target: ScanTarget): readonly string[] => [
  "-r",
  requestFile,
  "--ignore-stdin",
  "--skip-waf",
  "--batch",
  "--level",
  "3",
  "--risk",
  "2",
  "--dbms",
  "PostgreSQL",
  "--ignore-code",
  "*",
  "--flush-session",
  "--disable-coloring",
  "--output-dir",
  outputFolder,
  "--answers",
  `URI injections=N,JSON data found=${target.body?.includes("*") === true ? "Y" : "N"}`,
  ...(target.parameter === null ? [] : ["-p", target.parameter]),
];

/** What the answers say besides the scanner: failures of ours, and answers that show that nothing was examined. */
export function problemsOfAnswers({ requests, statuses, failures }: Tally): readonly string[] {
  const refused = [401, 403, 429].map((status) => [status, statuses.get(status) ?? 0] as const).filter(([, count]) => count > 0);
  const blocked = refused.reduce((sum, [, count]) => sum + count, 0);
  const busy = statuses.get(503) ?? 0;
  return [
    ...(requests === 0 ? ["not examined: no request was sent"] : []),
    ...(blocked * 10 > requests
      ? [`not examined: ${refused.map(([status, count]) => `${count} x ${status}`).join(", ")} of ${requests}`]
      : []),
    ...(busy * 100 > requests ? [`not examined: ${busy} x 503 of ${requests}`] : []),
    ...failures.map((failure) => `failed: ${failure}`),
  ];
}

export async function scanTarget(job: SqlmapJob, target: ScanTarget, at: number): Promise<TargetResult> {
  const folder = join(job.folder, `target-${at}`);
  mkdirSync(folder, { recursive: true });
  const requestFile = join(folder, "request.txt");
  const headers = { ...job.headers, [targetHeader]: String(at) };
  writeFileSync(requestFile, requestText(target, `127.0.0.1:${job.proxy.port}`, headers), { mode: 0o600 });
  const limitMs = Math.min(job.limitMsPerTarget, Math.max(0, job.endsAt - Date.now()));
  const tally = job.proxy.tally(String(at));
  if (limitMs === 0) return { target, requests: 0, findings: ["not examined: the time was over"] };
  const run = await runScanner({ command: "sqlmap", args: sqlmapArguments(requestFile, folder, target), cwd: folder, limitMs });
  writeFileSync(join(folder, "output.txt"), run.output);
  const outcome = readSqlmapOutput(run.output, placesOf(target));
  const said = outcome.kind === "clean" ? [] : outcome.kind === "injectable" ? outcome.findings : [`not examined: ${outcome.reason}`];
  const late = run.timedOut ? ["not examined: the time was over"] : said;
  return { target, requests: tally.requests, findings: [...late, ...problemsOfAnswers(tally)] };
}

/** Every target, a few at a time, in the order of the list. */
export async function scanWithSqlmap(job: SqlmapJob): Promise<readonly TargetResult[]> {
  const results: TargetResult[] = [];
  await inLanes(job.targets, job.atOnce, async (target, at) => {
    const startedAt = Date.now();
    const result = await scanTarget(job, target, at);
    results[at] = result;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    job.say(
      `  [${at + 1}/${job.targets.length}] ${target.operation}, ${target.place}: ` +
        `${result.requests} requests, ${seconds} s, ${result.findings.length} findings`,
    );
  });
  return results;
}
