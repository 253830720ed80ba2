import { dataOf } from "./data-of.ts";
import type { RestClient } from "./create-rest-client.ts";
import type { components } from "./generated/rest-api.ts";

type Ingestion = components["schemas"]["Ingestion"];

export interface WaitOptions {
  readonly everyMs?: number;
  readonly limitMs?: number;
}

const over: ReadonlySet<Ingestion["status"]> = new Set(["completed", "failed", "held", "cancelled"]);

/** Asks until an ingestion is over, or waits for a person (`held`). What is still under way when the time is over is returned as it is. */
export async function untilApplied(client: RestClient, id: string, options: WaitOptions = {}): Promise<Ingestion> {
  const { everyMs = 1000, limitMs = 300_000 } = options;
  for (let waited = 0; ; waited += everyMs) {
    const ingestion = await dataOf(client.GET("/api/v1/ingestions/{id}", { params: { path: { id } } }));
    if (over.has(ingestion.status) || waited >= limitMs) return ingestion;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
