import { join } from "node:path";
import { Canary } from "./canary.ts";
import type { Scanner } from "./find-scanners.ts";
import type { ScanTarget } from "./scan-targets.ts";
import { scanTarget } from "./scan-sqlmap.ts";
import { scanWithWapiti } from "./scan-wapiti.ts";
import { ScratchServer } from "./scratch-server.ts";
import { SpreadProxy } from "./spread-proxy.ts";
import { countsFromLevel } from "./wapiti-report.ts";

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

/**
 * Scans a server that is wrong on purpose, by the way Rollcall is scanned: what the scanners should have found there and did not, and
 * what they found where nothing is.
 */
export async function findPlanted(tools: readonly Scanner[], folder: string, say: (text: string) => void): Promise<readonly string[]> {
  const scratch = await ScratchServer.start();
  const proxy = await SpreadProxy.start(scratch.port);
  try {
    const lacking: string[] = [];
    if (tools.includes("sqlmap")) lacking.push(...(await sqlmapFinds(proxy, folder, say)));
    if (tools.includes("wapiti")) lacking.push(...(await wapitiFinds(proxy, folder, say)));
    return lacking;
  } finally {
    await proxy.close();
    await scratch.stop();
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
  return [
    ...(planted.some((text) => /^search \(GET\): .*(blind|error|UNION|stacked)/.test(text))
      ? []
      : ["sqlmap did not find the planted injection"]),
    ...(bound.length === 0 ? [] : ["sqlmap found an injection in a bound value"]),
  ];
}

async function wapitiFinds(proxy: SpreadProxy, folder: string, say: (text: string) => void): Promise<readonly string[]> {
  const canary = await Canary.start();
  try {
    const urls = [`http://127.0.0.1:${proxy.port}/?search=name`];
    const result = await scanWithWapiti({ proxy, urls, headers: {}, folder: join(folder, "wapiti"), canary, limitMs });
    const found = result.findings.filter(({ level }) => level >= countsFromLevel).map(({ category }) => category);
    say(`Planted in a scratch server: wapiti says "${[...new Set(found)].join("; ")}"`);
    return found.some((category) => /cross site scripting|xss/i.test(category)) ? [] : ["wapiti did not find the planted script injection"];
  } finally {
    await canary.close();
  }
}
