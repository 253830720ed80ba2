import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

export interface Waits {
  /** Milliseconds from asking to the last byte, of each that was answered below 500. */
  readonly millis: readonly number[];
  readonly failures: readonly string[];
}

export interface HealthyClients {
  readonly port: number;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

const everyMillis = 100;
const patienceMillis = 15_000;

/** Ten requests a second, each on a connection of its own and from one of 200 addresses, so that no limit per address is met, until told to stop. */
export function askSteadily(clients: HealthyClients): { stop(): Promise<Waits> } {
  const millis: number[] = [];
  const failures: string[] = [];
  const asked: Promise<void>[] = [];
  let over = false;
  const running = (async () => {
    for (let index = 0; !over; index += 1) {
      asked.push(
        askOnce(clients, index).then(
          (wait) => void millis.push(wait),
          (error: Error) => void failures.push(error.message),
        ),
      );
      await pause(everyMillis);
    }
  })();
  return {
    stop: async () => {
      over = true;
      await running;
      await Promise.all(asked);
      return { millis, failures };
    },
  };
}

/** Milliseconds until the whole answer was there. */
export function askOnce({ port, paths, headers }: HealthyClients, index: number): Promise<number> {
  const path = paths[index % paths.length]!;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const from = { host: "127.0.0.1", port, localAddress: `127.3.0.${1 + (index % 200)}` };
    const asking = request({ ...from, path, headers, agent: false, timeout: patienceMillis }, (answer) => {
      answer.resume();
      answer.once("error", reject);
      answer.once("end", () => {
        if ((answer.statusCode ?? 500) >= 400) reject(new Error(`${path} answered ${answer.statusCode}`));
        else resolve(performance.now() - startedAt);
      });
    });
    asking.once("timeout", () => asking.destroy(new Error(`${path} was not answered within ${patienceMillis / 1000} s`)));
    asking.once("error", reject);
    asking.end();
  });
}

/** The wait that 99 of 100 do not exceed, in milliseconds. */
export const p99 = (millis: readonly number[]): number => {
  const sorted = millis.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? Number.POSITIVE_INFINITY;
};
