import { z } from "zod";
import { procedures, requireScope } from "./require-scope.ts";
import { commonProblems } from "./schemas/problem.ts";
import type { TypedApp } from "./typed-app.ts";

export function registerDemo(app: TypedApp): void {
  app.post(
    "/demo",
    {
      onRequest: requireScope("admin"),
      schema: {
        tags: ["demo"],
        summary: "Load the demo organisation",
        response: {
          202: z.object({ ingestionId: z.uuid() }).describe("Accepted; follow the ingestion named in `Location`"),
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const { ingestionId } = await procedures(request).demo.load();
      return reply.status(202).header("location", `/api/v1/ingestions/${ingestionId}`).send({ ingestionId });
    },
  );
  app.delete(
    "/demo",
    {
      onRequest: requireScope("admin"),
      schema: {
        tags: ["demo"],
        summary: "Remove the demo organisation with everything it brought",
        response: { 200: z.object({ identities: z.number().int() }), ...commonProblems },
      },
    },
    (request) => procedures(request).demo.remove(),
  );
}
