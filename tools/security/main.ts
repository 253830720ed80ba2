import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Canary } from "./canary.ts";
import { findPlanted } from "./find-planted.ts";
import { isRefusedFromElsewhere } from "./guarded-forms.ts";
import { installAdvice, missingScanners, scanners, type Scanner } from "./find-scanners.ts";
import { operationsOf, type OpenApiDocument } from "./operations.ts";
import { pagePaths, readAddresses } from "./pages.ts";
import { refusedSamples } from "./refused-samples.ts";
import { stopScanners } from "./run-scanner.ts";
import { placesOf, scanTargets } from "./scan-targets.ts";
import { ScannedInstance } from "./scanned-instance.ts";
import { scanWithSlowSenders } from "./scan-slow-senders.ts";
import { scanWithSqlmap } from "./scan-sqlmap.ts";
import { scanWithWapiti } from "./scan-wapiti.ts";
import { leftOut } from "./wapiti-modules.ts";
import { countsFromLevel, describeWapiti, type WapitiFinding } from "./wapiti-report.ts";

const slowConnections = 1000;
const slowSeconds = 60;
const root = join(import.meta.dirname, "..", "..");
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const usage = `npm run test:security -- [--only sqlmap|wapiti|slowhttptest] [--minutes N] [--lanes N] [--match TEXT] [--no-proof] [--out DIR]

  --only      one of them instead of all
  --minutes N limit for sqlmap and wapiti each (default 60); what was not examined by then is a finding
  --lanes N   requests of each scanner that are on their way at once (default 4)
  --match T   sqlmap: operations and places that contain this text only; several with commas
  --no-proof  do not show first that the scanners find what is planted in a scratch server
  --out DIR   keep requests, outputs and reports here (default: a new folder below ${tmpdir()})

Exit code: 0 nothing found, 1 something found or not examined, 2 a scanner is missing or the options are wrong.`;

interface Options {
  readonly tools: readonly Scanner[];
  readonly limitMs: number;
  readonly lanes: number;
  readonly match: readonly string[];
  readonly proof: boolean;
  readonly out: string;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      minutes: { type: "string", default: "60" },
      lanes: { type: "string", default: "4" },
      match: { type: "string", default: "" },
      "no-proof": { type: "boolean", default: false },
      out: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const tools = scanners.filter((name) => values.only === undefined || values.only === name);
  const minutes = Number(values.minutes);
  const lanes = Number(values.lanes);
  if (values.help === true || tools.length === 0 || !(minutes > 0) || !Number.isInteger(lanes) || lanes < 1) return null;
  const out = values.out ?? mkdtempSync(join(tmpdir(), "rollcall-scan-"));
  mkdirSync(out, { recursive: true });
  return { tools, limitMs: minutes * 60_000, lanes, match: values.match.toLowerCase().split(","), proof: !values["no-proof"], out };
}

type Scanned = {
  readonly tool: Scanner;
  readonly examined: string;
  readonly findings: readonly string[];
  readonly remarks: readonly string[];
};

async function runSqlmap(instance: ScannedInstance, knownOf: Parameters<typeof scanTargets>[1], options: Options): Promise<Scanned> {
  const document = JSON.parse(readFileSync(join(root, "apps/api/openapi.json"), "utf8")) as OpenApiDocument;
  const all = scanTargets(operationsOf(document), knownOf);
  const targets = all.filter(({ operation, place }) => options.match.some((text) => `${operation}, ${place}`.toLowerCase().includes(text)));
  const places = targets.reduce((sum, target) => sum + placesOf(target), 0);
  const operations = new Set(targets.map(({ operation }) => operation)).size;
  say(`sqlmap: ${places} places of ${operations} operations, in ${targets.length} requests`);
  const headers = { authorization: `Bearer ${instance.token}`, accept: "application/json" };
  const refused = await refusedSamples({ url: instance.url, headers }, targets);
  const results = await scanWithSqlmap({
    proxy: instance.proxy,
    targets,
    headers,
    folder: join(options.out, "sqlmap"),
    atOnce: options.lanes,
    limitMsPerTarget: options.limitMs / 4,
    endsAt: Date.now() + options.limitMs,
    say,
  });
  const requests = results.reduce((sum, one) => sum + one.requests, 0);
  const found = results.flatMap(({ target, findings }) => findings.map((text) => `${target.operation}, ${target.place}: ${text}`));
  const findings = [...refused, ...found];
  if (targets.length === 0) findings.push(`nothing matches "${options.match.join(",")}"`);
  return { tool: "sqlmap", examined: `${places} places of ${operations} operations, ${requests} requests`, findings, remarks: [] };
}

async function runWapiti(instance: ScannedInstance, knownOf: Parameters<typeof scanTargets>[1], options: Options): Promise<Scanned> {
  const document = JSON.parse(readFileSync(join(root, "apps/api/openapi.json"), "utf8")) as OpenApiDocument;
  const urls = [...pagePaths(root, knownOf), ...readAddresses(operationsOf(document), knownOf)].map((path) => `${instance.url}${path}`);
  say(`wapiti: from ${urls.length} addresses`);
  const canary = await Canary.start();
  try {
    const headers = { Cookie: instance.cookie, Origin: instance.url };
    const folder = join(options.out, "wapiti");
    const endsAt = Date.now() + options.limitMs;
    const result = await scanWithWapiti({ proxy: instance.proxy, urls, headers, folder, canary, atOnce: options.lanes, endsAt, say });
    const counted: WapitiFinding[] = [];
    const refused: WapitiFinding[] = [];
    for (const finding of result.findings.filter(({ level }) => level >= countsFromLevel))
      ((await isRefusedFromElsewhere(finding, instance.url, instance.cookie)) ? refused : counted).push(finding);
    return {
      tool: "wapiti",
      examined: `${result.attacked} addresses and forms by ${result.modules} modules, ${result.requests} requests`,
      findings: [...counted.map(describeWapiti), ...result.problems],
      remarks: [
        ...refused.map((one) => `sent from elsewhere it is refused: ${describeWapiti(one)}`),
        ...result.findings.filter(({ level }) => level < countsFromLevel).map((one) => `below medium: ${describeWapiti(one)}`),
        `left out: module ${leftOut.join()}, which has no findings to give`,
      ],
    };
  } finally {
    await canary.close();
  }
}

async function runSlowSenders(instance: ScannedInstance, knownOf: Parameters<typeof scanTargets>[1], options: Options): Promise<Scanned> {
  say(`slowhttptest: ${slowConnections} connections, ${slowSeconds} s each way`);
  const headers = { authorization: `Bearer ${instance.token}`, cookie: instance.cookie };
  const paths = [
    "/",
    "/inventory",
    "/api/v1/identities?limit=10",
    "/healthz",
    ...pagePaths(root, knownOf).filter((path) => path.startsWith("/sign-in")),
  ];
  const clients = { port: instance.port, paths, headers };
  const folder = join(options.out, "slowhttptest");
  const findings = await scanWithSlowSenders({ clients, folder, connections: slowConnections, seconds: slowSeconds, say });
  return { tool: "slowhttptest", examined: `3 ways with ${slowConnections} connections`, findings, remarks: [] };
}

const runs = { sqlmap: runSqlmap, wapiti: runWapiti, slowhttptest: runSlowSenders } as const;

async function main(options: Options): Promise<number> {
  const missing = missingScanners(options.tools, process.env["PATH"] ?? "");
  if (missing.length > 0) {
    process.stderr.write(`${installAdvice(missing)}\n`);
    return 2;
  }
  if (options.proof) {
    const lacking = await findPlanted(options.tools, join(options.out, "planted"), say);
    for (const text of lacking) say(`NOT TO BE RELIED ON ${text}`);
    if (lacking.length > 0) return 1;
  }
  say("Starting an instance of its own");
  const instance = await ScannedInstance.start();
  // Killed with us, it would leave its database running.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => void instance.stop().finally(() => process.exit(130)));
  }
  const results: (Scanned & { readonly minutes: string })[] = [];
  try {
    const knownOf = await instance.fill();
    const timed = async (tool: Scanner): Promise<Scanned & { readonly minutes: string }> => {
      const startedAt = Date.now();
      const scanned = await runs[tool](instance, knownOf, options);
      return { ...scanned, minutes: ((Date.now() - startedAt) / 60_000).toFixed(1) };
    };
    results.push(...(await Promise.all(options.tools.filter((tool) => tool !== "slowhttptest").map(timed))));
    // Others would be what everybody waits for.
    if (options.tools.includes("slowhttptest")) results.push(await timed("slowhttptest"));
  } finally {
    await instance.stop();
  }
  for (const { tool, examined, minutes, findings, remarks } of results) {
    say(`${tool}: ${examined}, ${minutes} minutes, ${findings.length} findings`);
    for (const text of findings) say(`  FOUND ${text}`);
    for (const text of remarks) say(`  ${text}`);
  }
  say(`Requests, outputs and reports: ${options.out}`);
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

const options = readOptions();
if (options === null) {
  process.stderr.write(`${usage}\n`);
  process.exit(process.argv.includes("--help") ? 0 : 2);
}
process.once("exit", stopScanners);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exit(await main(options));
