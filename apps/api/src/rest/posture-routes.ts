import { z } from "zod";
import { procedures, requireScope } from "./require-scope.ts";
import { frameworkSummary, frameworkView, postureView } from "./schemas/posture.ts";
import { commonProblems } from "./schemas/problem.ts";
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
        summary: "One framework: controls, their rules and open findings",
        params: z.strictObject({ id: z.string().min(1).max(64) }),
        response: { 200: frameworkView, ...commonProblems },
      },
    },
    (request) => procedures(request).frameworks.get({ id: request.params.id }),
  );
}
