import { finished } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import pLimit, { type LimitFunction } from "p-limit";
import { AppError } from "@rollcall/platform";

export interface PageTurns {
  /** Pages of one address that are made at the same time. The dashboard makes them on one thread: more only stand in line there. */
  readonly atOnce?: number;
  /** Requests of one address that wait for their turn. */
  readonly waiting?: number;
  /** How long an answer may take to be read. */
  readonly wholeAnswerMillis?: number;
}

/**
 * Gives every address its turn. Making a page costs the dashboard ten milliseconds and more, and sends on a connection that the slowest of
 * readers would hold: without this a thousand requests of one address make everybody wait for all of them.
 */
export function takeTurns(app: FastifyInstance, { atOnce = 4, waiting = 200, wholeAnswerMillis = 60_000 }: PageTurns = {}): void {
  const lines = new Map<string, { readonly begin: LimitFunction; size: number }>();
  app.addHook("onRequest", async (request, reply) => {
    const line = lines.get(request.ip) ?? { begin: pLimit(atOnce), size: 0 };
    if (line.size >= atOnce + waiting)
      throw new AppError("rate_limited", "Too many pages at once. Wait a moment and reload", { retryAfterSeconds: 1 });
    line.size += 1;
    lines.set(request.ip, line);
    await new Promise<void>((begun) => {
      const turn = async (): Promise<void> => {
        begun();
        await over(reply, wholeAnswerMillis);
        line.size -= 1;
        if (line.size === 0) lines.delete(request.ip);
      };
      void line.begin(turn);
    });
    // Whoever left while waiting needs no page.
    return reply.raw.destroyed ? reply.hijack() : undefined;
  });
}

/** Resolves when the answer was sent, its reader is gone, or the limit is over, which ends it. */
function over(reply: FastifyReply, limitMillis: number): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => reply.raw.destroy(), limitMillis);
    finished(reply.raw, () => {
      clearTimeout(limit);
      resolve();
    });
  });
}
