import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "@rollcall/platform";
import type { ApiParts } from "../api-parts.ts";
import type { Caller } from "../auth/caller.ts";
import { apiKeyIdentifier } from "../auth/identify-api-key.ts";
import { sessionIdentifier } from "../auth/identify-session.ts";

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** Who sent the request. Only routes below `registerIdentity` have a caller. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new AppError("internal", "Something went wrong", { detail: "route outside of the identity scope" });
  return request.caller;
}

/** Identifies the sender before the body is read: a stranger's upload is refused without being taken in. */
export function registerIdentity(app: FastifyInstance, parts: ApiParts): void {
  const byKey = apiKeyIdentifier(parts);
  const bySession = sessionIdentifier(parts);
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request, reply) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const bearer = /^Bearer (\S{1,200})$/i.exec(authorization)?.[1];
      if (bearer === undefined) throw new AppError("unauthenticated", "Send the API key as `Authorization: Bearer rcl_...`");
      request.caller = await byKey(bearer, { ip: request.ip, id: request.id });
      return;
    }
    const caller = await bySession(request.headers, { ip: request.ip, id: request.id });
    if (caller.kind === "person") for (const cookie of caller.setCookies) reply.header("set-cookie", cookie);
    request.caller = caller;
  });
}
