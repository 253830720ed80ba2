import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { canary } from "./deliveries.ts";

export interface Asked {
  /** `/<story>/<page>` */
  readonly story: string;
  readonly page: number;
  /** How often this page was asked for before. */
  readonly before: number;
}
/** True when it answered; false leaves the page to the ordinary answer. */
export type Misbehaviour = (asked: Asked, response: ServerResponse) => boolean;

const pagePath = /^\/([\w-]+)\/(\d+)$/;

/** A paged API on this machine: ten bots at first, then seven of them and a new one, and between two of its pages whatever a story wants. */
export class MisbehavingServer {
  readonly #server: Server;
  readonly #stories = new Map<string, Misbehaviour>();
  /** When which page was asked for, by path. */
  readonly times = new Map<string, number[]>();

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  static async start(): Promise<MisbehavingServer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new MisbehavingServer(server);
  }

  url(story: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${story}/1`;
  }

  /** From now on the story is told; before, every page is whole. */
  begin(story: string, misbehaviour: Misbehaviour): void {
    for (const path of this.times.keys()) if (path.startsWith(`/${story}/`)) this.times.delete(path);
    this.#stories.set(story, misbehaviour);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "";
    const [, story = "", number = "1"] = pagePath.exec(path) ?? [];
    // Some send back what they were sent, with every answer.
    response.setHeader("x-debug", String(request.headers.authorization));
    if (request.headers.authorization !== `Bearer ${canary}`) return void response.writeHead(401).end();
    const times = this.times.get(path) ?? [];
    this.times.set(path, [...times, performance.now()]);
    const told = this.#stories.get(story);
    const page = Number(number);
    if (told?.({ story, page, before: times.length }, response) === true) return;
    sendPage(response, { story, page, bots: botsOf(page, { first: told === undefined }), next: page < 4 ? page + 1 : null });
  }
}

const botsOf = (page: number, { first }: { readonly first: boolean }): readonly number[] =>
  (first
    ? [
        [0, 1, 2],
        [3, 4],
        [5, 6, 7],
        [8, 9],
      ]
    : [[0, 1, 2, 10], [3, 4], [5], [6]])[page - 1] ?? [];

export const refOf = (story: string, bot: number): string => `bot/${story}-${bot}`;

export function sendPage(
  response: ServerResponse,
  {
    story,
    page,
    bots,
    next,
  }: { readonly story: string; readonly page: number; readonly bots: readonly number[]; readonly next: number | null },
): void {
  const envelope = { source: story, scopes: [{ dataset: "bots", outcome: "complete" }] };
  const rows = bots.map((bot) => {
    const ref = refOf(story, bot);
    return { kind: "identity", ref, identityKind: "bot", name: ref, provider: "fault-suite", attributes: { sent: canary } };
  });
  const link = next === null ? {} : { link: `</${story}/${next}>; rel="next"` };
  response.writeHead(200, { "content-type": "application/json", ...link });
  response.end(JSON.stringify(page === 1 ? [envelope, ...rows] : rows));
}
