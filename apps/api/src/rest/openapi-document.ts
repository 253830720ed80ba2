import Fastify from "fastify";
import type { ApiParts } from "../api-parts.ts";
import { registerRest } from "./register-rest.ts";
import { tidyDocument } from "./tidy-document.ts";

/** The document describes routes and never calls them, so it needs nothing to call. */
const noParts = new Proxy(
  {},
  {
    get() {
      throw new TypeError("routes are not callable while the document is made");
    },
  },
) as ApiParts;

/** The OpenAPI 3.1 document, the same on every machine. */
export async function openApiDocument(): Promise<object> {
  const app = Fastify({ logger: false });
  await registerRest(app, noParts);
  await app.ready();
  const document = tidyDocument(app.swagger());
  await app.close();
  return document;
}
