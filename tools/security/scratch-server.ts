import { createServer, type Server } from "node:http";
import { mkdtempSync, chmodSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@rollcall/platform";
import pg from "pg";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Not Rollcall: a server that is wrong on purpose, over a database of its own. A scanner that finds nothing in it is not set up to find anything,
 * and its silence about Rollcall would mean nothing.
 */
export class ScratchServer {
  readonly #server: Server;
  readonly #database: EmbeddedPostgres;
  readonly #pool: pg.Pool;
  readonly #folder: string;
  readonly #canaryUrl: string;

  private constructor(database: EmbeddedPostgres, folder: string, canaryUrl: string) {
    this.#canaryUrl = canaryUrl;
    this.#database = database;
    this.#folder = folder;
    this.#pool = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      void this.#answer(url).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        (error: unknown) => response.writeHead(500).end(`PostgreSQL query failed: ERROR: ${String(error)}`),
      );
    });
  }

  static async start(canaryUrl: string): Promise<ScratchServer> {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-scratch-"));
    chmodSync(folder, 0o711);
    const database = await startEmbeddedPostgres({ dataDir: folder });
    const scratch = new ScratchServer(database, folder, canaryUrl);
    await scratch.#pool.query(
      "create table planted (id int, name text); insert into planted select n, 'name ' || n from generate_series(1, 20) n",
    );
    await new Promise<void>((resolve) => scratch.#server.listen(0, "127.0.0.1", resolve));
    return scratch;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#pool.end();
    await this.#database.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #answer(url: URL): Promise<Answer> {
    const search = url.searchParams.get("search") ?? "";
    const to = url.searchParams.get("to") ?? "";
    const json = { "content-type": "application/json" };
    switch (url.pathname) {
      case "/planted": {
        const { rows } = await this.#pool.query(`select id, name from planted where name = '${search}'`);
        return { status: 200, headers: json, body: JSON.stringify({ items: rows }) };
      }
      case "/bound": {
        const { rows } = await this.#pool.query("select id, name from planted where name = $1", [search]);
        return { status: 200, headers: json, body: JSON.stringify({ items: rows }) };
      }
      case "/away":
        return { status: 302, headers: { location: encodeURI(to) }, body: "" };
      case "/fetch":
        // Wrong, but not dangerous to whoever tries it: it reaches the listener of the harness and nothing else.
        if (to.startsWith(this.#canaryUrl)) await fetch(to);
        return { status: 200, headers: json, body: "{}" };
      default:
        return {
          status: 200,
          headers: { "content-type": "text/html" },
          body: `<html><body><a href="/?search=name">search</a><p>Nothing for ${search}</p></body></html>`,
        };
    }
  }
}
