import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "@rollcall/platform";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route unpacks gzip itself, within its own bound. */
    readonly acceptsGzip?: boolean;
  }
}

/** `identity` when the body comes as it is. */
export const contentCodingOf = (request: FastifyRequest): string => request.headers["content-encoding"]?.trim().toLowerCase() || "identity";

/** Refused before the body is read: other codings than gzip compress zeros so well that a bound on the wire means nothing. */
export function registerContentCodings(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    const coding = contentCodingOf(request);
    const accepted =
      request.routeOptions.config.acceptsGzip === true && !/^multipart\//i.test(request.headers["content-type"] ?? "") ? "gzip" : null;
    if (coding === "identity" || coding === accepted) return;
    reply.header("accept-encoding", accepted ?? "identity");
    throw new AppError(
      "unsupported",
      `Content-Encoding ${coding.slice(0, 32)} is not accepted here. Use ${accepted === null ? "none" : "gzip or none"}`,
    );
  });
}
