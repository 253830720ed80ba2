import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { askOnce, askSteadily, p99, type HealthyClients, type Waits } from "./healthy-clients.ts";
import { runScanner } from "./run-scanner.ts";

export interface SlowSendersJob {
  readonly clients: HealthyClients;
  readonly folder: string;
  readonly connections: number;
  readonly seconds: number;
  /** One attack instead of all. */
  readonly only?: SlowSender;
  say(text: string): void;
}

/** One of the ways of slowhttptest to keep a connection busy for nothing. */
const attacks = [
  { name: "slow headers", args: ["-H", "-i", "10"], path: "/sign-in" },
  { name: "slow body", args: ["-B", "-i", "10", "-s", "8192", "-f", "application/json"], path: "/api/auth/sign-in/email" },
  { name: "slow reading", args: ["-X", "-w", "1", "-y", "16", "-n", "5", "-z", "8", "-k", "3"], path: "/sign-in" },
] as const;
export type SlowSender = (typeof attacks)[number]["name"];

/** Twice the usual wait may be noise of a busy machine where the usual is a few milliseconds; a tenth of a second nobody notices. */
const unnoticedMillis = 100;
const recoveryLimitMillis = 10_000;
const calmInARow = 20;
const shortestSeconds = 5;

/** Holds many connections open in each of the ways while others go on asking. Returns why somebody would be worse off for it. */
export async function scanWithSlowSenders(job: SlowSendersJob): Promise<readonly string[]> {
  mkdirSync(job.folder, { recursive: true });
  // What is asked for the first time compiles.
  await during(job.clients, () => pause(5_000));
  const usual = await during(job.clients, () => pause(job.seconds * 500));
  const bound = Math.max(2 * p99(usual.millis), unnoticedMillis);
  job.say(`  before: p99 ${p99(usual.millis).toFixed(1)} ms of ${usual.millis.length} requests`);
  const findings = usual.failures.map((text) => `before: ${text}`);
  for (const attack of attacks.filter(({ name }) => job.only === undefined || name === job.only)) {
    let output = "";
    const meanwhile = await during(job.clients, async () => {
      const endsAt = Date.now() + job.seconds * 1000;
      // Where the server ends them all, they come again.
      while (output === "" || endsAt - Date.now() > shortestSeconds * 1000) output += await attackOnce(job, attack, endsAt);
    });
    writeFileSync(join(job.folder, `${attack.name.replace(" ", "-")}.txt`), output);
    const recovered = await recoveryMillis(job.clients, bound);
    const held = heldOrEnded(output);
    const wait = p99(meanwhile.millis);
    job.say(
      `  ${attack.name}: ${held.open} of ${job.connections} connections held at most, ${held.ended} ended by the server; p99 ${wait.toFixed(1)} ms of ${meanwhile.millis.length} requests, ${(wait / p99(usual.millis)).toFixed(1)} x; as before ${recovered === null ? "never" : `${(recovered / 1000).toFixed(1)} s`} after`,
    );
    if (held.open + held.ended < job.connections / 2) findings.push(`${attack.name}: not examined, few connections were ever open`);
    if (wait > bound) findings.push(`${attack.name}: p99 of others ${wait.toFixed(0)} ms, more than ${bound.toFixed(0)} ms`);
    if (recovered === null) findings.push(`${attack.name}: not as before within ${recoveryLimitMillis / 1000} s`);
    findings.push(...new Set(meanwhile.failures.map((text) => `${attack.name}: ${text}`)));
  }
  return findings;
}

async function attackOnce(job: SlowSendersJob, attack: (typeof attacks)[number], endsAt: number): Promise<string> {
  const seconds = Math.ceil((endsAt - Date.now()) / 1000);
  const url = `http://127.0.0.1:${job.clients.port}${attack.path}`;
  const size = ["-c", job.connections, "-r", Math.ceil(job.connections / 5), "-l", seconds].map(String);
  const args = [...attack.args, ...size, "-v", "1", "-u", url];
  const run = await runScanner({ command: "slowhttptest", args, cwd: job.folder, limitMs: (seconds + 60) * 1000 });
  return run.output;
}

async function during(clients: HealthyClients, work: () => Promise<void>): Promise<Waits> {
  const asking = askSteadily(clients);
  try {
    await work();
  } finally {
    await asking.stop();
  }
  return asking.stop();
}

/** Until so many answers in a row came as fast as before; null where that takes too long. */
async function recoveryMillis(clients: HealthyClients, bound: number): Promise<number | null> {
  const startedAt = performance.now();
  let since = startedAt;
  let calm = 0;
  for (let index = 0; calm < calmInARow; index += 1) {
    if (performance.now() - startedAt > recoveryLimitMillis + calmInARow * bound) return null;
    const wait = await askOnce(clients, index).catch(() => Number.POSITIVE_INFINITY);
    calm = wait <= bound ? calm + 1 : 0;
    if (calm === 0) since = performance.now();
  }
  return since - startedAt;
}

/** slowhttptest says every few seconds how many connections are open, and how many the server ended. */
function heldOrEnded(output: string): { readonly open: number; readonly ended: number } {
  const plain = stripVTControlCharacters(output);
  const most = (what: RegExp): number => Math.max(0, ...[...plain.matchAll(what)].map(([, count]) => Number(count)));
  return { open: most(/connected:\s+(\d+)/g), ended: most(/closed:\s+(\d+)/g) };
}
