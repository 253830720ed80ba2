import httpProxy from "@fastify/http-proxy";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "@rollcall/platform";
import { takeTurns } from "./page-turns.ts";
import { sendProblem } from "./problem-reply.ts";

/** Headers by which a client could pretend to be a proxy in front of us, or steer the framework behind us. */
const untrusted = [
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-middleware-next",
  "x-original-url",
  "x-rewrite-url",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-invoke-path",
  "x-invoke-query",
  "x-invoke-status",
];

/** Everything that is not the API is a page of the dashboard, which sets its own content security policy with a nonce. */
export async function registerFrontDoor(
  app: FastifyInstance,
  options: { readonly dashboardUrl: string; readonly origin: string },
): Promise<void> {
  const { host, protocol } = new URL(options.origin);
  takeTurns(app);
  await app.register(httpProxy, {
    upstream: options.dashboardUrl,
    http2: false,
    disableRequestLogging: true,
    // Pages are read; what changes something goes to the API. The framework behind answers some of the others with a failure.
    httpMethods: ["GET", "HEAD"],
    preHandler: (request, _reply, done) => {
      const isApi = request.url.startsWith("/api/") || request.url.startsWith("/trpc/");
      done(isApi ? new AppError("not_found", "There is nothing at this address") : undefined);
    },
    replyOptions: {
      rewriteRequestHeaders: (_request, headers) => {
        const clean = { ...headers };
        for (const name of untrusted) delete clean[name];
        return { ...clean, "x-forwarded-host": host, "x-forwarded-proto": protocol.replace(":", "") };
      },
      onError: (reply, { error }) => {
        const away = new AppError("unavailable", "The pages are not being served right now. Wait a moment and reload", {
          detail: error.message,
          retryAfterSeconds: 2,
        });
        void sendProblem(reply.request as FastifyRequest, reply as FastifyReply, away);
      },
    },
  });
}
