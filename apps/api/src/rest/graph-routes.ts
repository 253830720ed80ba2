import { z } from "zod";
import { planChanges } from "@rollcall/api-router";
import { procedures, requireScope } from "./require-scope.ts";
import { blastRadius, chokePointsAnswer, whatIfAnswer } from "./schemas/graph.ts";
import { commonProblems } from "./schemas/problem.ts";
import { idParams } from "./schemas/query.ts";
import type { TypedApp } from "./typed-app.ts";

const plan = z.strictObject({
  changes: planChanges,
  /** Id of an identity, or key of a node of the graph: whose reach is compared. */
  focus: z.string().min(1).max(2048).nullable().default(null),
});

export function registerGraph(app: TypedApp): void {
  app.get(
    "/identities/:id/blast-radius",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["access graph"],
        summary: "What an identity can reach, as an interval from certain to possible",
        params: idParams,
        response: { 200: blastRadius, ...commonProblems },
      },
    },
    (request) =>
      procedures(request)
        .graph.radius({ node: request.params.id })
        .then(({ picture, ...radius }) => ({ ...radius, node: picture.root })),
  );
  app.post(
    "/what-if",
    {
      onRequest: requireScope("triage"),
      schema: {
        tags: ["access graph"],
        summary: "What a plan would take away, break and leave; changes nothing",
        body: plan,
        response: { 200: whatIfAnswer, ...commonProblems },
      },
    },
    (request) =>
      procedures(request)
        .graph.whatIf(request.body)
        .then(({ focus, ...answer }) => {
          if (focus === null) return { ...answer, focus };
          const { picture: _picture, ...figures } = focus;
          return { ...answer, focus: figures };
        }),
  );
  app.get(
    "/choke-points",
    {
      onRequest: requireScope("read"),
      schema: {
        tags: ["access graph"],
        summary: "The changes that cut most risk; `computing` until the ranking of the newest analysis is done",
        response: { 200: chokePointsAnswer, ...commonProblems },
      },
    },
    (request) => procedures(request).graph.chokePoints(),
  );
}
