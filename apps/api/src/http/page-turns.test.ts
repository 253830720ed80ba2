import { once } from "node:events";
import { request as ask, type ClientRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { registerProblems } from "./problem-reply.ts";
import { takeTurns, type PageTurns } from "./page-turns.ts";

let app: FastifyInstance;
/** Pages that are being made, and the most there ever were, by address. */
let making: Map<string, number>;
let most: Map<string, number>;
let made: number;
let finish: () => void;

beforeEach(() => {
  app = Fastify();
  [making, most, made] = [new Map(), new Map(), 0];
});
afterEach(() => app.close());

/** A page is made when `finish` is called; `/long` is longer than any buffer on the way. */
async function listen(turns: PageTurns): Promise<(path: string, from: string) => ClientRequest> {
  const finished = new Promise<void>((resolve) => (finish = resolve));
  registerProblems(app);
  takeTurns(app, turns);
  app.get("/page", async ({ ip }) => {
    making.set(ip, (making.get(ip) ?? 0) + 1);
    most.set(ip, Math.max(most.get(ip) ?? 0, making.get(ip)!));
    await finished;
    making.set(ip, making.get(ip)! - 1);
    made += 1;
    return "page";
  });
  app.get("/long", () => Buffer.alloc(64 * 1024 * 1024));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return (path, from) => ask({ port, path, host: "127.0.0.1", localAddress: from, agent: false }).end();
}
const statusOf = async (asking: ClientRequest): Promise<number | undefined> => {
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  answer.resume();
  await once(answer, "end");
  return answer.statusCode;
};
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test("an address has so many pages made at once, and nobody else waits for them", async () => {
  const open = await listen({ atOnce: 2 });
  const many = Array.from({ length: 10 }, () => statusOf(open("/page", "127.0.0.1")));
  await until(() => making.get("127.0.0.1") === 2);
  const other = statusOf(open("/page", "127.0.0.2"));
  await until(() => making.get("127.0.0.2") === 1);
  finish();
  expect(await other).toBe(200);
  expect(await Promise.all(many)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(most.get("127.0.0.1")).toBe(2);
});

test("a line that is too long is refused with the time to come back", async () => {
  const open = await listen({ atOnce: 1, waiting: 1 });
  const first = statusOf(open("/page", "127.0.0.1"));
  await until(() => making.get("127.0.0.1") === 1);
  const refused: unknown[] = [];
  const rest = [1, 2, 3].map(async () => {
    const status = await statusOf(open("/page", "127.0.0.1"));
    if (status === 429) refused.push(status);
    return status;
  });
  await until(() => refused.length === 2);
  finish();
  expect([await first, ...(await Promise.all(rest))].toSorted()).toEqual([200, 200, 429, 429]);
});

test("for who left while waiting no page is made, and their turn goes to the next", async () => {
  const open = await listen({ atOnce: 1 });
  const first = statusOf(open("/page", "127.0.0.1"));
  await until(() => making.get("127.0.0.1") === 1);
  const leaving = open("/page", "127.0.0.1");
  leaving.on("error", () => undefined);
  await once(leaving, "socket");
  await new Promise((resolve) => setTimeout(resolve, 50));
  leaving.destroy();
  const last = statusOf(open("/page", "127.0.0.1"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  finish();
  expect([await first, await last]).toEqual([200, 200]);
  expect(made).toBe(2);
});

test("a reader that never ends is ended, and its turn goes to the next", async () => {
  const open = await listen({ atOnce: 1, wholeAnswerMillis: 200 });
  const slow = open("/long", "127.0.0.1");
  const [answer] = (await once(slow, "response")) as [IncomingMessage];
  answer.pause();
  const broken = once(answer, "error");
  finish();
  expect(await statusOf(open("/page", "127.0.0.1"))).toBe(200);
  answer.resume();
  await broken;
});
