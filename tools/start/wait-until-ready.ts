import { AppError } from "@rollcall/platform";
import type { ManagedProcess } from "./managed-process.ts";

const limitMs = 90_000;

/** Polls until the address answers 2xx, or a page below 500 with `anyPage`. A process that ends meanwhile ends the wait with its last words. */
export async function waitUntilReady(url: string, processes: readonly ManagedProcess[], anyPage = false): Promise<void> {
  const deadline = Date.now() + limitMs;
  const died = Promise.race(processes.map(async (one) => ({ one, how: await one.exited })));
  let last = "no answer";
  for (;;) {
    const round = await Promise.race([died, probe(url, anyPage)]);
    if (typeof round === "object") throw new AppError("internal", describeDeath(round.one, round.how));
    if (round === "ready") return;
    last = round;
    if (Date.now() > deadline)
      throw new AppError(
        "unavailable",
        `${url} is not ready after ${limitMs / 1000} s (${last}). The logs are in the data folder under logs.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** The log's end without the calls of a stack trace: they bury the line that says what happened. */
export function describeDeath(one: ManagedProcess, how: string): string {
  const lines = one
    .lastLines(60)
    .filter((line) => !/^\s+at /.test(line) && line.trim() !== "")
    .slice(-12);
  return [`the ${one.name} process ended (${how}). Its last lines:`, ...lines.map((line) => `  ${line.slice(0, 600)}`)].join("\n");
}

async function probe(url: string, anyPage: boolean): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: "manual" });
    await response.body?.cancel();
    return response.ok || (anyPage && response.status < 500) ? "ready" : `status ${response.status}`;
  } catch (error) {
    return (error as Error).name === "TimeoutError" ? "no answer within 5 s" : "not listening yet";
  }
}
