import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Stands for the address that wapiti makes a server call: who comes here with a path of its payloads was made to. wapiti asks here as well
 * what came; the answer is nothing, because the hits are counted on our side.
 */
export class Canary {
  readonly hits: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = request.url ?? "";
      if (/^\/(ssrf|dtd|xxe|xoxo)\//.test(url)) this.hits.push(`${request.method} ${url.slice(0, 200)}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  }

  static async start(): Promise<Canary> {
    const canary = new Canary();
    await new Promise<void>((resolve) => canary.#server.listen(0, "127.0.0.1", resolve));
    return canary;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
