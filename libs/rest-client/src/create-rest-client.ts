import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./generated/rest-api.ts";
import { sendAgain } from "./send-again.ts";

export interface RestClientOptions {
  /** Where Rollcall is, without a path: `https://rollcall.example.org`. */
  readonly url: string;
  /** An API key, or what hands one out: asked before every request, for tokens that live for minutes. */
  readonly key: string | (() => string | Promise<string>);
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Every route of the REST API, with the types of its published document. Lists come as JSON; for CSV say `parseAs: "text"`. */
export type RestClient = Client<paths, "application/json">;

/**
 * A client of the REST API. A request that may be repeated (GET, or with an `Idempotency-Key`) is sent again when Rollcall asks for patience
 * or cannot be reached, at most four times in all.
 */
export function createRestClient({ url, key, fetch: send = fetch }: RestClientOptions): RestClient {
  const client = createClient<paths, "application/json">({
    baseUrl: url.replace(/\/+$/, ""),
    fetch: (request) => sendAgain(request, send),
    // Lists in a query are written as one parameter several times.
    querySerializer: { array: { style: "form", explode: true } },
  });
  client.use({
    async onRequest({ request }) {
      request.headers.set("authorization", `Bearer ${typeof key === "string" ? key : await key()}`);
      return request;
    },
  });
  return client;
}
