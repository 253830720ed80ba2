import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { AppError, uuidV7 } from "@rollcall/platform";
import type { ApiParts } from "./api-parts.ts";
import { registerAnswerHeaders } from "./http/answer-headers.ts";
import { registerAnswerLog } from "./http/answer-log.ts";
import { registerAuth } from "./http/auth-plugin.ts";
import { registerContentCodings } from "./http/content-coding.ts";
import { registerFrontDoor } from "./http/front-door.ts";
import { registerHealth } from "./http/health.ts";
import { registerIdentity } from "./http/identity.ts";
import { registerJsonBodies } from "./http/json-body.ts";
import { registerProblems } from "./http/problem-reply.ts";
import { registerRequestGuard } from "./http/request-guard.ts";
import { registerTrpc } from "./http/trpc-plugin.ts";
import { registerRest } from "./rest/register-rest.ts";

const requestsPerMinute = 1200;

/** The whole HTTP surface on one origin. Registers nothing that listens or connects by itself. */
export async function buildApp(parts: ApiParts): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: parts.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuidV7(),
    // Nobody is believed who was not named: an address decides about limits and about keys that are bound to networks.
    trustProxy: parts.trustedProxies === undefined || parts.trustedProxies.length === 0 ? false : [...parts.trustedProxies],
    routerOptions: { maxParamLength: 5000 },
    bodyLimit: 1024 * 1024,
    // An upload of 100 MiB over a slow line must fit; idle connections end long before.
    requestTimeout: 300_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
  });
  registerProblems(app);
  registerAnswerHeaders(app, { isHttps: (parts.origins[0] ?? "").startsWith("https://") });
  registerAnswerLog(app);
  registerHealth(app, parts);
  await app.register(async (api) => {
    await api.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], styleSrc: ["'unsafe-inline'"], formAction: ["'self'"] },
      },
      referrerPolicy: { policy: "no-referrer" },
      // Said for every answer, see registerAnswerHeaders.
      hsts: false,
    });
    await api.register(rateLimit, {
      // By itself it would count a request after everything that may refuse it.
      global: false,
      max: requestsPerMinute,
      timeWindow: 60_000,
      errorResponseBuilder: (_request, limit) =>
        new AppError("rate_limited", "Too many requests. Slow down", { retryAfterSeconds: Math.ceil(limit.ttl / 1000) }),
    });
    api.addHook("onRequest", api.rateLimit());
    // Whatever a route says about its own answer wins; nothing else may be kept by anybody on the way.
    api.addHook("onSend", async (_request, reply) => {
      if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    });
    registerRequestGuard(api, parts.origins);
    registerContentCodings(api);
    registerJsonBodies(api);
    await api.register(async (scope) => registerAuth(scope, parts));
    await api.register(async (scope) => {
      registerIdentity(scope, parts);
      await scope.register(async (rest) => registerRest(rest, parts));
      await scope.register(async (trpc) => registerTrpc(trpc));
    });
  });
  if (parts.dashboardUrl !== null) {
    const dashboardUrl = parts.dashboardUrl;
    await app.register(async (pages) => registerFrontDoor(pages, { dashboardUrl, origin: parts.origins[0] ?? dashboardUrl }));
  }
  return app;
}
