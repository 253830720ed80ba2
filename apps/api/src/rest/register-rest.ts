import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransformObject, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { ApiParts } from "../api-parts.ts";
import { registerAudit } from "./audit-routes.ts";
import { registerCredentials } from "./credentials-routes.ts";
import { documentTransform } from "./document-transform.ts";
import { registerDemo } from "./demo-routes.ts";
import { registerFindings } from "./findings-routes.ts";
import { registerGraph } from "./graph-routes.ts";
import { registerIdentities } from "./identities-routes.ts";
import { registerIngestions } from "./ingestions-routes.ts";
import { registerPosture } from "./posture-routes.ts";
import { registerReports } from "./reports-routes.ts";
import { registerTasks } from "./tasks-routes.ts";
import { registerToken } from "./token-routes.ts";
import { tidyDocument } from "./tidy-document.ts";

/** `/api/v1`: for integrations and the command line. Additive changes only. */
export async function registerRest(app: FastifyInstance, parts: ApiParts): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  // Read models are held to the documented schemas by their types; validating each answer again would only cost time.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Rollcall API",
        version: "1",
        description: "Inventory and posture of non-human identities. Unknown values are null or an interval, never a guess.",
      },
      components: {
        securitySchemes: {
          apiKey: {
            type: "http",
            scheme: "bearer",
            description: "An API key of the workspace (rcl_...), with scopes ingest, read, triage or admin",
          },
          session: { type: "apiKey", in: "cookie", name: "rollcall.session_token" },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: documentTransform,
    transformObject: jsonSchemaTransformObject,
  });
  let document: object | undefined;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  await typed.register(
    async (v1) => {
      const routes = v1.withTypeProvider<ZodTypeProvider>();
      await registerIngestions(routes, parts);
      registerIdentities(routes);
      registerGraph(routes);
      registerCredentials(routes);
      registerFindings(routes);
      registerReports(routes);
      registerTasks(routes);
      registerPosture(routes);
      registerDemo(routes);
      registerAudit(routes);
      await registerToken(routes, parts);
      routes.get("/openapi.json", { schema: { hide: true } }, () => (document ??= tidyDocument(app.swagger())));
    },
    { prefix: "/api/v1" },
  );
}
