import { Agent, createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Names the target that a request belongs to; it does not go on to the instance. */
export const targetHeader = "x-scan-target";

export interface Tally {
  requests: number;
  /** Answers by status. */
  readonly statuses: Map<number, number>;
  /** Requests that failed on our side, as the scanner sent them. */
  readonly failures: string[];
}

const addresses = 200;
const keptFailures = 20;

/**
 * Stands between scanner and instance. The instance limits requests per address, and a scanner on one machine would examine that limit only:
 * here its requests come from many addresses of the loopback network, as those of somebody with many machines would. Counts the answers, because
 * a failed request is a finding even when the scanner does not mind.
 */
export class SpreadProxy {
  readonly #server: Server;
  // A connection of its own for each request: one that is reused may be closed by the other side at that moment, which would look like a failure.
  readonly #agent = new Agent({ keepAlive: false });
  readonly #tallies = new Map<string, Tally>();
  readonly #upstreamPort: number;
  #sent = 0;

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort;
    this.#server = createServer((request, response) => this.#forward(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(upstreamPort: number, port = 0): Promise<SpreadProxy> {
    const proxy = new SpreadProxy(upstreamPort);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject);
      proxy.#server.listen(port, "127.0.0.1", resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  tally(target: string): Tally {
    const known = this.#tallies.get(target) ?? { requests: 0, statuses: new Map<number, number>(), failures: [] };
    this.#tallies.set(target, known);
    return known;
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const { [targetHeader]: target, ...headers } = request.headers;
    const tally = this.tally(String(target ?? ""));
    tally.requests += 1;
    this.#sent += 1;
    const line = `${request.method} ${request.url}`.slice(0, 300);
    const upstream = send(
      {
        host: "127.0.0.1",
        port: this.#upstreamPort,
        localAddress: `127.1.0.${1 + (this.#sent % addresses)}`,
        agent: this.#agent,
        method: request.method,
        path: printable(request.url ?? "/"),
        headers,
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
        // The instance says that it did nothing and when to come back: on a machine that is busy with something else it may.
        const busy = status === 503 && answer.headers["retry-after"] !== undefined;
        if (status >= 500 && !busy && tally.failures.length < keptFailures) tally.failures.push(`${status} ${line}`);
        response.writeHead(status, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on("error", (error) => {
      if (!response.destroyed && tally.failures.length < keptFailures) tally.failures.push(`${error.message} ${line}`);
      response.destroy();
    });
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  }
}

/** A scanner may send bytes that Node refuses to send on; an instance sees them as a browser would send them. */
function printable(url: string): string {
  return url.replace(/[^\x21-\x7e]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
