import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * One line for every answer: what was asked, from where, by whom, and how it ended. People and keys are named by their ids; the query may hold
 * a one-time token, so only the path is written.
 */
export function registerAnswerLog(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        path: request.url.split("?")[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        from: request.ip,
        by: senderOf(request),
      },
      "answered",
    );
  });
}

/** Null for strangers, and where nobody is asked who they are. */
function senderOf(request: FastifyRequest): string | null {
  const viewer = request.caller?.context.viewer ?? null;
  if (viewer === null) return null;
  return viewer.userId === null ? `key:${viewer.apiKeyId ?? "unknown"}` : `person:${viewer.userId}`;
}
