import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "@rollcall/platform";
import type { AccountsStore } from "@rollcall/posture-pipeline";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface IdempotentRequest {
  readonly accounts: AccountsStore;
  readonly workspaceId: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly requestHash: string;
}

/** A fraction of how long a reservation holds. */
const renewMillis = 5_000;

/**
 * A repeated key replays the first answer; the same key with another body, or while the first is under way, is a conflict. Only the latter
 * names a time after which to try again.
 */
export async function answerOnce(options: IdempotentRequest, work: () => Promise<Answer>): Promise<FastifyReply> {
  const { accounts, workspaceId, reply } = options;
  const key = idempotencyKey(options.request);
  if (key === null) return send(reply, serialised(await work()));
  const earlier = await accounts.beginIdempotent(workspaceId, key, options.requestHash);
  if (earlier !== null) {
    if (earlier.requestHash !== options.requestHash) {
      throw new AppError("conflict", "This Idempotency-Key was used for another request. Use a new key for this one");
    }
    if (earlier.response === null)
      throw new AppError("conflict", "The first request with this Idempotency-Key is still being answered", { retryAfterSeconds: 2 });
    reply.header("idempotent-replayed", "true");
    return send(reply, earlier.response);
  }
  // Shows a retry that somebody is at work; stops with this process, so that a retry after a crash does not wait for long.
  const renewing = setInterval(() => void accounts.renewIdempotent(workspaceId, key).catch(() => {}), renewMillis);
  let answer: ReturnType<typeof serialised>;
  try {
    answer = serialised(await work());
  } catch (error) {
    // With the database away the reservation runs out by itself; what the sender has to know is the first error.
    await accounts.abandonIdempotent(workspaceId, key).catch(() => {});
    throw error;
  } finally {
    clearInterval(renewing);
  }
  await accounts.finishIdempotent(workspaceId, key, answer);
  return send(reply, answer);
}

function idempotencyKey(request: FastifyRequest): string | null {
  const header = request.headers["idempotency-key"];
  if (header === undefined) return null;
  if (typeof header !== "string" || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new AppError("invalid_input", "Idempotency-Key must be 1 to 255 visible characters");
  }
  return header;
}

const serialised = (answer: Answer) => ({ status: answer.status, headers: answer.headers, body: JSON.stringify(answer.body) });

function send(reply: FastifyReply, answer: ReturnType<typeof serialised>): FastifyReply {
  return reply
    .status(answer.status)
    .headers(answer.headers)
    .type("application/json; charset=utf-8")
    .serializer((text) => String(text))
    .send(answer.body);
}
