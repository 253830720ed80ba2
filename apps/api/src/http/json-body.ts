import type { FastifyInstance } from "fastify";
import { parseJson } from "@rollcall/connectors";
import { AppError } from "@rollcall/platform";

const maxDepth = 32;

/** JSON bodies of small requests: bounded depth, since writing anew what nests deeper fails, and no keys that reach prototypes. */
export function registerJsonBodies(app: FastifyInstance): void {
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const parsed = parseJson(String(body), maxDepth);
    if (parsed.ok) done(null, parsed.value);
    else done(new AppError("invalid_input", `The body ${parsed.message}`));
  });
}
