import type { FastifyInstance } from "fastify";

/** What every answer says, pages, their files and the health addresses included. A policy of its own, as pages and the API have one, stays. */
export function registerAnswerHeaders(app: FastifyInstance, options: { readonly isHttps: boolean }): void {
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
    if (!reply.hasHeader("content-security-policy")) reply.header("content-security-policy", "frame-ancestors 'none'");
    // Over http browsers ignore it, and on a loopback it would bind every other program there.
    if (options.isHttps) reply.header("strict-transport-security", "max-age=31536000; includeSubDomains");
  });
}
