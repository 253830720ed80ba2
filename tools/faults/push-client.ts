import type { Delivery } from "./deliveries.ts";
import type { Instance } from "./instance.ts";
import { pause } from "./wait.ts";

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
  readonly replayed: boolean;
  readonly ms: number;
}

/** A well-behaved sender: one key per delivery, repeated until there is an answer. Remembers what was acknowledged. */
export class PushClient {
  readonly acknowledged = new Map<string, Reply & { readonly delivery: Delivery }>();
  readonly everything: Reply[] = [];
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Null when the connection broke. */
  async once(delivery: Delivery): Promise<Reply | null> {
    const started = performance.now();
    try {
      const response = await fetch(`${this.#instance.url}/api/v1/ingestions`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${this.#instance.token}`,
          "content-type": "application/x-ndjson",
          "idempotency-key": delivery.key,
        },
        body: delivery.body,
        signal: AbortSignal.timeout(30_000),
      });
      const reply: Reply = {
        status: response.status,
        body: await response.text(),
        retryAfter: response.headers.get("retry-after"),
        replayed: response.headers.get("idempotent-replayed") === "true",
        ms: performance.now() - started,
      };
      this.everything.push(reply);
      if (reply.status === 202) this.acknowledged.set(delivery.key, { ...reply, delivery });
      return reply;
    } catch {
      return null;
    }
  }

  /** Until acknowledged or refused for good; null when the time is over. */
  async deliver(delivery: Delivery, limitMs = 90_000): Promise<Reply | null> {
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline) {
      const reply = await this.once(delivery);
      const busy = reply?.status === 409 && reply.retryAfter !== null;
      const again = reply === null || reply.status >= 500 || reply.status === 429 || busy;
      if (!again) return reply;
      await pause(Math.min(2_000, Number(reply?.retryAfter ?? 0.15) * 1_000));
    }
    return null;
  }

  async get(path: string): Promise<Reply> {
    const started = performance.now();
    const response = await fetch(`${this.#instance.url}${path}`, { headers: { authorization: `Bearer ${this.#instance.token}` } });
    const reply = {
      status: response.status,
      body: await response.text(),
      retryAfter: null,
      replayed: false,
      ms: performance.now() - started,
    };
    this.everything.push(reply);
    return reply;
  }
}
