import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import { appErrorOf, appRouter, type AppRouter } from "@rollcall/api-router";
import { AppError } from "@rollcall/platform";
import { callerOf } from "./identity.ts";

/** The dashboard's own interface: people only. Integrations use the REST API, where a key's scopes are checked. */
export async function registerTrpc(app: FastifyInstance): Promise<void> {
  app.addHook("onRequest", async (request) => {
    if (callerOf(request).kind === "api_key") throw new AppError("forbidden", "API keys work on /api/v1 only");
  });
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>["trpcOptions"] = {
    router: appRouter,
    createContext: ({ req }) => callerOf(req).context,
    maxBatchSize: 50,
    onError: ({ error, path, req }) => {
      const known = appErrorOf(error);
      const facts = { procedure: path, code: known.code, detail: known.detail };
      if (known.status >= 500) req.log.error(facts, "procedure failed");
      else req.log.info(facts, "request refused");
    },
    responseMeta: ({ errors }) => {
      const wait = errors.map((error) => appErrorOf(error).retryAfterSeconds).find((seconds) => seconds !== undefined);
      return { headers: { "cache-control": "no-store", ...(wait === undefined ? {} : { "retry-after": String(wait) }) } };
    },
  };
  await app.register(fastifyTRPCPlugin, { prefix: "/trpc", trpcOptions });
}
