import { dataOf } from "./data-of.ts";
import type { RestClient } from "./create-rest-client.ts";
import type { components } from "./generated/rest-api.ts";

export interface PushOptions {
  /** The same key and the same records: stored once, however often they are sent. Made up when absent. */
  readonly idempotencyKey?: string;
  /** Source of the records when no envelope leads them. */
  readonly account?: string;
  readonly filename?: string;
}

/** Sends an envelope and observations as NDJSON. The answer means that they are stored; `untilApplied` waits for what comes of them. */
export function pushRecords(
  client: RestClient,
  records: readonly object[],
  options: PushOptions = {},
): Promise<components["schemas"]["Ingestion"]> {
  const { idempotencyKey = crypto.randomUUID(), ...query } = options;
  return dataOf(
    client.POST("/api/v1/ingestions", {
      params: { query, header: { "idempotency-key": idempotencyKey } },
      headers: { "content-type": "application/x-ndjson" },
      body: records.map((record) => JSON.stringify(record)).join("\n"),
      bodySerializer: (body) => body as string,
    }),
  );
}
