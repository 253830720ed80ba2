import { z } from "zod";
import { csvStream } from "./csv.ts";
import { frameworkColumns, frameworkRows } from "./framework-rows.ts";
import { isCsvAsked, sendCsv } from "./list-reply.ts";
import { procedures, requireScope } from "./require-scope.ts";
import { frameworkSummary, frameworkView, postureView } from "./schemas/posture.ts";
import { commonProblems } from "./schemas/problem.ts";
import { frameworkQuery } from "./schemas/query.ts";
import type { TypedApp } from "./typed-app.ts";

export function registerPosture(app: TypedApp): void {
  app.get(
    "/posture",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["posture"],
        summary: "Posture score with its formula, data completeness, trend and the largest risks",
        response: { 200: postureView, ...commonProblems },
      },
    },
    (request) => procedures(request).posture.get(),
  );
  app.get(
    "/frameworks",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["posture"],
        summary: "Frameworks and how much of each is covered",
        response: { 200: z.object({ items: z.array(frameworkSummary).readonly() }), ...commonProblems },
      },
    },
    (request) =>
      procedures(request)
        .frameworks.list()
        .then((items) => ({ items })),
  );
  app.get(
    "/frameworks/:id",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["posture"],
        summary: "One framework: controls, their rules and open findings; as CSV one row per control and rule",
        params: z.strictObject({ id: z.string().min(1).max(64) }),
        querystring: frameworkQuery,
        response: {
          200: {
            description: "The framework",
            content: { "application/json": { schema: frameworkView }, "text/csv": { schema: z.string() } },
          },
          ...commonProblems,
        },
      },
    },
    async (request, reply) => {
      const framework = await procedures(request).frameworks.get({ id: request.params.id });
      reply.header("vary", "Accept");
      if (!isCsvAsked(request, request.query.format)) return reply.send(framework);
      const csv = await csvStream(frameworkColumns, () => Promise.resolve({ items: frameworkRows(framework), nextCursor: null }));
      return sendCsv(reply, framework.id, csv);
    },
  );
}
