import type { FastifyInstance } from "fastify";
import { AppError } from "@rollcall/platform";

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

declare module "fastify" {
  interface FastifyContextConfig {
    /** The body proves who sends it; cookies and keys are not looked at. */
    ownProof?: boolean;
  }
}

/**
 * A browser sends its cookies along with what another site makes it send, but not a foreign Origin that equals ours. Requests with an
 * API key carry no ambient authority and need no Origin.
 */
export function registerRequestGuard(app: FastifyInstance, origins: readonly string[]): void {
  const allowed = new Set(origins);
  app.addHook("onRequest", async (request) => {
    if (safeMethods.has(request.method) || request.headers.authorization !== undefined) return;
    if (request.routeOptions.config.ownProof === true) return;
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin)) {
      throw new AppError("forbidden", "This request does not come from the Rollcall page", { detail: `origin ${origin ?? "absent"}` });
    }
  });
}
