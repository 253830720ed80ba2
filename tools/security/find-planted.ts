import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Canary } from "./canary.ts";
import type { Scanner } from "./find-scanners.ts";
import type { ScanTarget } from "./scan-targets.ts";
import { scanTarget } from "./scan-sqlmap.ts";
import { scanWithSlowSenders } from "./scan-slow-senders.ts";
import { scanWithWapiti } from "./scan-wapiti.ts";
import { ScratchServer } from "./scratch-server.ts";
import { SpreadProxy } from "./spread-proxy.ts";

const limitMs = 240_000;
const target = (path: string): ScanTarget => ({
  operation: `GET ${path}`,
  place: "search in the query",
  method: "GET",
  url: `${path}?search=name%203`,
  headers: {},
  body: null,
  parameter: "search",
});

/** What sqlmap calls its techniques in a report. All of them lead into the planted statement. */
const techniques = ["boolean-based blind", "error-based", "UNION query", "stacked queries", "time-based blind"];
/** What wapiti calls the flaws that are planted, with the module that finds each. */
const flaws: Readonly<Record<string, RegExp>> = {
  xss: /^(Reflected )?Cross Site Scripting$/,
  sql: /^SQL Injection$/,
  redirect: /^Open Redirect$/,
};

/**
 * Scans a server that is wrong on purpose, by the way Rollcall is scanned: what the scanners should have found there and did not, and
 * what they found where nothing is.
 */
export async function findPlanted(tools: readonly Scanner[], folder: string, say: (text: string) => void): Promise<readonly string[]> {
  const lacking: string[] = tools.includes("slowhttptest") ? await slowSendersAreSeen(join(folder, "slowhttptest"), say) : [];
  if (!tools.some((tool) => tool !== "slowhttptest")) return lacking;
  const canary = await Canary.start();
  const scratch = await ScratchServer.start(canary.url);
  const proxy = await SpreadProxy.start(scratch.port);
  try {
    if (tools.includes("sqlmap")) lacking.push(...(await sqlmapFinds(proxy, folder, say)));
    if (tools.includes("wapiti")) lacking.push(...(await wapitiFinds(proxy, canary, folder, say)));
    return lacking;
  } finally {
    await proxy.close();
    await scratch.stop();
    await canary.close();
  }
}

async function sqlmapFinds(proxy: SpreadProxy, folder: string, say: (text: string) => void): Promise<readonly string[]> {
  const targets = [target("/planted"), target("/bound")];
  const job = { proxy, targets, headers: {}, folder: join(folder, "sqlmap"), atOnce: 1, limitMsPerTarget: limitMs, endsAt: Infinity, say };
  // The planted statement also fails with 500 for a quote; only what sqlmap itself says counts here.
  const said = async (at: number): Promise<readonly string[]> =>
    (await scanTarget(job, targets[at]!, at)).findings.filter((text) => !text.startsWith("failed: "));
  const [planted, bound] = [await said(0), await said(1)];
  say(`Planted in a scratch server: sqlmap says "${planted.join("; ")}" of the one, "${bound.join("; ") || "nothing"}" of the other`);
  const found = planted.find((text) => text.startsWith("search (GET): ")) ?? "";
  return [
    ...techniques.filter((one) => !found.includes(one)).map((one) => `sqlmap did not find the planted injection by ${one}`),
    ...(bound.length === 0 ? [] : ["sqlmap found an injection in a bound value"]),
  ];
}

async function wapitiFinds(proxy: SpreadProxy, canary: Canary, folder: string, say: (text: string) => void): Promise<readonly string[]> {
  const modules = [...Object.keys(flaws), "ssrf"];
  const urls = ["/?search=name", "/planted?search=name", "/away?to=here", "/fetch?to=here"].map(
    (path) => `http://127.0.0.1:${proxy.port}${path}`,
  );
  const endsAt = Date.now() + limitMs;
  const job = { proxy, urls, headers: {}, folder: join(folder, "wapiti"), canary, atOnce: 2, endsAt, modules, say: () => undefined };
  const { findings } = await scanWithWapiti(job);
  const found = new Set(findings.map(({ category }) => category));
  say(`Planted in a scratch server: wapiti says "${[...found].join("; ")}", and made it call ${canary.hits.length} addresses`);
  return [
    ...Object.entries(flaws)
      .filter(([, category]) => ![...found].some((one) => category.test(one)))
      .map(([module]) => `wapiti did not find what is planted for its module ${module}`),
    ...(canary.hits.length > 0 ? [] : ["wapiti did not make the scratch server call an address"]),
  ];
}

/** A server that has room for a hundred connections is away for everybody while somebody else holds them. */
async function slowSendersAreSeen(folder: string, say: (text: string) => void): Promise<string[]> {
  const server = createServer((_request, response) => response.end("here"));
  server.maxConnections = 100;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const clients = { port: (server.address() as AddressInfo).port, paths: ["/"], headers: {} };
    const found = await scanWithSlowSenders({ clients, folder, connections: 400, seconds: 10, only: "slow headers", say: () => undefined });
    say(`Planted in a scratch server: slow senders keep others out: "${found[0] ?? ""}"`);
    return found.some((text) => /ECONNRESET|hang up|not answered/.test(text))
      ? []
      : ["slowhttptest kept nobody out of a server of a hundred connections"];
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
